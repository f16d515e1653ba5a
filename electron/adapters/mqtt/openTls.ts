import { X509Certificate } from "node:crypto";
import { isIP, type Socket } from "node:net";
import * as tls from "node:tls";
import type { BrokerPlace, TlsLook } from "#capabilities/uplink.ts";
import { FaultError } from "#domain/fault.ts";
import { answered } from "./answered.ts";
import { certificateCause } from "./certificateCause.ts";
import { chainOf } from "./certificates.ts";
import { type ClientKey, clientKey } from "./clientKey.ts";
import { openSocket } from "./openSocket.ts";
import { answersHttp, answersMqtt, answersOldTls } from "./probe.ts";
import { type TlsCause, type TlsState, tlsCause } from "./tlsCause.ts";

export interface SocketLimits {
  /** ms for the TCP connection */
  readonly reachMs: number;
  /** ms for each answer after it: the TLS handshake, the broker's CONNACK */
  readonly answerMs: number;
  /** this machine's clock, ms */
  readonly now: () => number;
}

export type TlsPlace = Pick<BrokerPlace, "host" | "port" | "ca" | "client">;

/** A connection after its handshake. `look.fault` says why nothing may be sent over it. */
export interface OpenedTls {
  readonly socket: tls.TLSSocket;
  readonly look: TlsLook;
  /** what was known of the certificates, to read a later alert */
  readonly state: TlsState;
}

/**
 * A TLS handshake with a server whose name must stand in its certificate, under the given authority or one of the
 * system's. Whoever gets the socket destroys it.
 *
 * @throws FaultError uplink.tlsFailed with a TlsCause where no certificate was seen; uplink.unreachable; uplink.nameUnknown
 */
export async function openTls(
  place: TlsPlace,
  limits: SocketLimits,
  signal: AbortSignal,
): Promise<OpenedTls> {
  const own = place.client && clientKey(place.client, limits.now());
  if (own && "cause" in own) throw tlsFailed(place.host, own.cause, "", own.error);
  const raw = await openSocket(place.host, place.port, limits.reachMs, signal);
  try {
    return await handshake(raw, place, own, limits, signal);
  } catch (error) {
    raw.destroy();
    throw error;
  }
}

export function tlsFailed(host: string, cause: TlsCause, seen = "", error?: unknown): FaultError {
  return new FaultError({ code: "uplink.tlsFailed", host, cause, ...(seen !== "" && { seen }) }, error);
}

async function handshake(
  raw: Socket,
  place: TlsPlace,
  own: ClientKey | undefined,
  limits: SocketLimits,
  signal: AbortSignal,
): Promise<OpenedTls> {
  const { host } = place;
  const authorities = authoritiesFor(place.ca);
  const socket = secured(raw, place, own, authorities);
  socket.on("error", () => undefined);
  const known = place.ca.trim() === "" ? new Set<string>() : fingerprintsOf(place.ca);
  const seen = () => ({
    protocol: socket.getProtocol() ?? "",
    cipher: socket.getCipher()?.name ?? "",
    chain: chainOf(socket, known),
  });
  const ended = await answered<{ error?: NodeJS.ErrnoException; look: Omit<TlsLook, "fault"> }>(
    limits.answerMs,
    signal,
    () => tlsFailed(host, "silent"),
    ({ resolve }) => {
      // What the server showed is gone once the socket is.
      const onSecure = () => resolve({ look: seen() });
      const onError = (error: NodeJS.ErrnoException) => resolve({ error, look: seen() });
      const onClose = () => resolve({ error: new Error("closed during the handshake"), look: seen() });
      socket.once("secureConnect", onSecure).once("error", onError).once("close", onClose);
      return () => socket.off("secureConnect", onSecure).off("error", onError).off("close", onClose);
    },
  );
  const { error, look } = ended;
  const ours = own && "validNow" in own ? (own.validNow ? "valid" : "invalid") : "none";
  const state: TlsState = { certificateShown: look.chain.length > 0, ours };
  if (error !== undefined) {
    const fault = tlsFailed(host, await causeOf(error, place, state, limits, signal), "", error);
    if (!state.certificateShown) throw fault;
    return { socket, look: { ...look, fault }, state };
  }
  if (socket.authorized) return { socket, look: { ...look, fault: null }, state };
  const fault = await refusal(socket, look, place, limits, signal);
  return { socket, look: { ...look, fault }, state };
}

/** Why the server's certificate is not accepted. Nothing but a CONNECT without credentials was sent to it. */
async function refusal(
  socket: tls.TLSSocket,
  look: Omit<TlsLook, "fault">,
  place: TlsPlace,
  limits: SocketLimits,
  signal: AbortSignal,
): Promise<FaultError> {
  // node's types call it an Error; it is the error's code.
  const code = String(socket.authorizationError);
  const word = tlsCause(code, { certificateShown: true, ours: "none" }) ?? "other";
  const { cause, seen } = certificateCause({
    cause: word,
    host: place.host,
    chain: look.chain,
    issuerElsewhere: /CA Issuers/.test(socket.getPeerX509Certificate()?.infoAccess ?? ""),
    ca: place.ca,
    now: limits.now(),
  });
  // Dates apart, a certificate that is not the broker's may come from somebody in between.
  const foreign = cause !== "expired" && cause !== "notYetValid" && cause !== "clockHere";
  if (foreign && (await answersHttp(socket, limits, signal)))
    return tlsFailed(place.host, "proxy", seen, socket.authorizationError);
  return tlsFailed(place.host, cause, seen, socket.authorizationError);
}

async function causeOf(
  error: NodeJS.ErrnoException,
  place: TlsPlace,
  state: TlsState,
  limits: SocketLimits,
  signal: AbortSignal,
): Promise<TlsCause> {
  const cause = tlsCause(error.code, state);
  if (cause === "weak" && /HANDSHAKE_FAILURE/.test(error.code ?? "") && isIP(place.host) !== 0) {
    // Without a name, a server of several sites may refuse just like one that has no common cipher.
    return (await answersOldTls(place.host, place.port, limits, signal)) ? "weak" : "sniNeeded";
  }
  if (cause !== undefined && cause !== "notTls") return cause;
  // A plain broker hangs up on a TLS greeting without a word: asked in its own language it answers.
  if (await answersMqtt(place.host, place.port, limits, signal)) return "notTls";
  return cause ?? "other";
}

function secured(raw: Socket, place: TlsPlace, own: ClientKey | undefined, ca: string[] | undefined) {
  try {
    return tls.connect({
      socket: raw,
      host: place.host,
      // Judged right after the handshake, where the certificate can still be looked at.
      rejectUnauthorized: false,
      // An address is no server name (RFC 6066, 3).
      ...(isIP(place.host) === 0 && { servername: place.host }),
      ...(ca && { ca }),
      ...(own && "cert" in own && { cert: own.cert, key: own.key }),
    });
  } catch (error) {
    // A PEM text that is none.
    throw tlsFailed(place.host, "other", "", error);
  }
}

/** node knows Mozilla's authorities; the system's own, where a company adds its authority, since 22.15. */
function authoritiesFor(ca: string): string[] | undefined {
  if (ca.trim() !== "") return [ca];
  const known = (tls as { getCACertificates?: (kind: "default" | "system") => string[] }).getCACertificates;
  return known === undefined ? undefined : [...new Set([...known("default"), ...known("system")])];
}

function fingerprintsOf(pem: string): Set<string> {
  const texts = pem.match(/-----BEGIN CERTIFICATE-----[\s\S]+?-----END CERTIFICATE-----/g) ?? [];
  return new Set(
    texts.flatMap((text) => {
      try {
        return [new X509Certificate(text).fingerprint256];
      } catch {
        return [];
      }
    }),
  );
}
