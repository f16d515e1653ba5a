import type { Uplink } from "#domain/site/site.ts";

/** The form as typed: numbers stay text until they are read. */
export interface UplinkDraft {
  readonly host: string;
  readonly port: string;
  readonly tls: boolean;
  readonly ca: string;
  /** PEM of the site's own certificate; empty: none */
  readonly clientCertificate: string;
  readonly webSocket: boolean;
  readonly webSocketPath: string;
  readonly version: Uplink["version"];
  readonly clientId: string;
  readonly username: string;
  readonly qos: Uplink["qos"];
  readonly format: Uplink["format"];
  readonly topic: string;
}

export type UplinkFlaw =
  | "hostMissing"
  | "hostHasScheme"
  | "hostHasSpaces"
  | "portInvalid"
  | "caNotPem"
  | "pathInvalid"
  | "clientIdMissing"
  | "topicMissing"
  | "topicHasWildcard"
  | "topicPlaceholderUnknown";

export type UplinkFlaws = Partial<Record<keyof UplinkDraft, UplinkFlaw>>;

/** Where most brokers take MQTT over WebSocket. */
const usualPath = "/mqtt";

/** The usual port of plain and of encrypted MQTT. */
export const usualPort = { plain: "1883", tls: "8883" } as const;

export function draftOfUplink(uplink: Uplink): UplinkDraft {
  const { clientCertificate = "", webSocketPath = usualPath } = uplink;
  const webSocket = uplink.webSocketPath !== undefined;
  return { ...uplink, port: String(uplink.port), clientCertificate, webSocket, webSocketPath };
}

/** What is wrong with each field; empty when the form can be saved. */
export function flawsOf(draft: UplinkDraft): UplinkFlaws {
  const flaws: { -readonly [F in keyof UplinkDraft]?: UplinkFlaw } = {};
  const host = draft.host.trim();
  if (host === "") flaws.host = "hostMissing";
  else if (host.includes("://")) flaws.host = "hostHasScheme";
  else if (/\s/.test(host)) flaws.host = "hostHasSpaces";
  const port = Number(draft.port);
  if (!/^\d+$/.test(draft.port.trim()) || port < 1 || port > 65_535) flaws.port = "portInvalid";
  for (const field of ["ca", "clientCertificate"] as const) {
    const pem = draft[field].trim();
    if (
      draft.tls &&
      pem !== "" &&
      !/^-----BEGIN CERTIFICATE-----[\s\S]+-----END CERTIFICATE-----/m.test(pem)
    ) {
      flaws[field] = "caNotPem";
    }
  }
  if (draft.webSocket && !/^\/[^\s]*$/.test(draft.webSocketPath.trim())) flaws.webSocketPath = "pathInvalid";
  if (draft.clientId.trim() === "") flaws.clientId = "clientIdMissing";
  const topic = draft.topic.trim();
  if (topic === "") flaws.topic = "topicMissing";
  else if (/[#+]/.test(topic)) flaws.topic = "topicHasWildcard";
  else if ((topic.match(/\{[^}]*\}?/g) ?? []).some((name) => !/^\{(site|line|group)\}$/.test(name))) {
    flaws.topic = "topicPlaceholderUnknown";
  }
  return flaws;
}

/** The uplink that the form describes, or undefined while a field is wrong. */
export function readUplink(draft: UplinkDraft): Uplink | undefined {
  if (Object.keys(flawsOf(draft)).length > 0) return undefined;
  return {
    host: draft.host.trim(),
    port: Number(draft.port),
    tls: draft.tls,
    ca: draft.tls ? draft.ca.trim() : "",
    ...(draft.tls &&
      draft.clientCertificate.trim() !== "" && { clientCertificate: draft.clientCertificate.trim() }),
    ...(draft.webSocket && { webSocketPath: draft.webSocketPath.trim() }),
    version: draft.version,
    clientId: draft.clientId.trim(),
    username: draft.username.trim(),
    qos: draft.qos,
    format: draft.format,
    topic: draft.topic.trim(),
  };
}

/** The draft after TLS was switched; the port follows while it is the usual one. */
export function withTls(draft: UplinkDraft, tls: boolean): UplinkDraft {
  const left = tls ? usualPort.plain : usualPort.tls;
  return { ...draft, tls, port: draft.port === left ? (tls ? usualPort.tls : usualPort.plain) : draft.port };
}

export function sameUplink(a: Uplink, b: Uplink): boolean {
  const fields = Object.keys({ ...a, ...b }) as (keyof Uplink)[];
  return fields.every((field) => a[field] === b[field]);
}
