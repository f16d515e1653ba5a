import { isIP, type Socket } from "node:net";
import * as tls from "node:tls";
import type { BrokerPlace } from "#capabilities/uplink.ts";
import { FaultError } from "#domain/fault.ts";
import { answered } from "./answered.ts";
import { openSocket } from "./openSocket.ts";
import { answersMqtt } from "./probe.ts";
import { type TlsCause, tlsCause } from "./tlsCause.ts";

export interface SocketLimits {
  /** ms for the TCP connection */
  readonly reachMs: number;
  /** ms for each answer after it: the TLS handshake, the broker's CONNACK */
  readonly answerMs: number;
}

export type TlsPlace = Pick<BrokerPlace, "host" | "port" | "ca">;

/**
 * A TLS connection whose server proved its name under the given authority, or one of the system's.
 *
 * @throws FaultError uplink.tlsFailed with a TlsCause; uplink.unreachable; uplink.nameUnknown
 */
export async function openTls(
  place: TlsPlace,
  limits: SocketLimits,
  signal: AbortSignal,
): Promise<tls.TLSSocket> {
  const raw = await openSocket(place.host, place.port, limits.reachMs, signal);
  try {
    return await handshake(raw, place, limits, signal);
  } catch (error) {
    raw.destroy();
    throw error;
  }
}

async function handshake(raw: Socket, place: TlsPlace, limits: SocketLimits, signal: AbortSignal) {
  const { host } = place;
  const failed = (cause: TlsCause, error?: unknown) =>
    new FaultError({ code: "uplink.tlsFailed", host, cause }, error);
  const socket = secured(raw, place, failed);
  socket.on("error", () => undefined);
  const error = await answered<NodeJS.ErrnoException | undefined>(
    limits.answerMs,
    signal,
    () => failed("silent"),
    ({ resolve }) => {
      const onSecure = () => resolve(undefined);
      const onClose = () => resolve(new Error("closed during the handshake"));
      socket.once("secureConnect", onSecure).once("error", resolve).once("close", onClose);
      return () => socket.off("secureConnect", onSecure).off("error", resolve).off("close", onClose);
    },
  );
  if (error === undefined) return socket;
  const cause = tlsCause(error.code, showedCertificate(socket));
  if (cause !== undefined) throw failed(cause, error);
  // A plain broker hangs up on a TLS greeting without a word: asked in its own language it answers.
  throw failed((await answersMqtt(place.host, place.port, limits, signal)) ? "notTls" : "other", error);
}

function secured(raw: Socket, place: TlsPlace, failed: (cause: TlsCause, error: unknown) => FaultError) {
  try {
    return tls.connect({
      socket: raw,
      host: place.host,
      // An address is no server name (RFC 6066, 3).
      ...(isIP(place.host) === 0 && { servername: place.host }),
      ...authorities(place.ca),
    });
  } catch (error) {
    // A PEM text that is none.
    throw failed("other", error);
  }
}

/** True once the server presented a certificate, good or not. */
function showedCertificate(socket: tls.TLSSocket): boolean {
  const certificate: unknown = socket.getPeerCertificate();
  return typeof certificate === "object" && certificate !== null && Object.keys(certificate).length > 0;
}

/** node knows Mozilla's authorities; the system's own, where a company adds its authority, since 22.15. */
function authorities(ca: string): { readonly ca?: string[] } {
  if (ca.trim() !== "") return { ca: [ca] };
  const known = (tls as { getCACertificates?: (kind: "default" | "system") => string[] }).getCACertificates;
  return known === undefined ? {} : { ca: [...new Set([...known("default"), ...known("system")])] };
}
