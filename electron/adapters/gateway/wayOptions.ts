import { isIP } from "node:net";
import { connect, type TLSSocket } from "node:tls";
import type { GatewayWay } from "#capabilities/gatewayWay.ts";

/** How a request is led that goes through a tunnel, or to a gateway that is known by its certificate. */
export function wayOptions({ url, at, certificate }: GatewayWay): {
  readonly options: object;
  readonly headers?: { readonly Host: string };
  /** ends what was opened for it */
  readonly close: () => void;
} {
  const target = new URL(url);
  const place = at ?? { host: target.hostname.replace(/^\[|\]$/g, ""), port: portOf(target) };
  if (certificate === undefined || target.protocol !== "https:") {
    const led = at && { hostname: at.host, port: at.port };
    const headers = at && { headers: { Host: target.host } };
    return { options: { agent: false, ...led }, ...headers, close: () => undefined };
  }
  let socket: TLSSocket | undefined;
  const createConnection = (_options: object, done: (error: Error | null, socket?: TLSSocket) => void) => {
    const opening = openPinned(target.hostname, place, certificate, done);
    socket = opening;
  };
  return { options: { createConnection }, close: () => socket?.destroy() };
}

/** Nothing is sent before the certificate is seen to be the known one: whom else it names does not matter then. */
function openPinned(
  name: string,
  { host, port }: { readonly host: string; readonly port: number },
  certificate: string,
  done: (error: Error | null, socket?: TLSSocket) => void,
): TLSSocket {
  const servername = isIP(name) === 0 ? name : "";
  const socket = connect({ host, port, servername, rejectUnauthorized: false });
  // Between the handshake and the request nobody else listens.
  socket.on("error", () => undefined);
  socket.once("error", done);
  socket.once("secureConnect", () => {
    socket.removeListener("error", done);
    if (socket.getPeerCertificate().fingerprint256 === certificate) return done(null, socket);
    socket.destroy();
    done(Object.assign(new Error("another certificate"), { code: "CERT_CHANGED" }));
  });
  return socket;
}

/** The port that an address means. */
export function portOf(url: URL): number {
  return Number(url.port) || (url.protocol === "https:" ? 443 : 80);
}
