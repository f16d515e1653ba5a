import type { DetailedPeerCertificate, TLSSocket } from "node:tls";
import type { Certificate } from "#capabilities/uplink.ts";

/**
 * What the server presented, its own certificate first; ends with the authority where that is known.
 *
 * @param knownFingerprints SHA-256 of the authorities that count here
 */
export function chainOf(
  socket: TLSSocket,
  knownFingerprints: ReadonlySet<string> = new Set(),
): readonly Certificate[] {
  const chain: Certificate[] = [];
  const seen = new Set<string>();
  // Nothing is there before the server has shown one.
  let next: DetailedPeerCertificate | null | undefined = socket.getPeerCertificate(true);
  // A self-signed certificate is its own issuer.
  while (next?.fingerprint256 && !seen.has(next.fingerprint256)) {
    seen.add(next.fingerprint256);
    chain.push({
      subject: nameOf(next.subject),
      issuer: nameOf(next.issuer),
      names: namesOf(next.subjectaltname ?? ""),
      validFrom: Date.parse(next.valid_from),
      validTo: Date.parse(next.valid_to),
      fingerprint: next.fingerprint256,
      known: knownFingerprints.has(next.fingerprint256),
    });
    next = next.issuerCertificate;
  }
  return chain;
}

/** `CN=broker.example, O=Water` */
function nameOf(name: object): string {
  return Object.entries(name)
    .reverse()
    .flatMap(([key, values]) => [values].flat().map((value) => `${key}=${value}`))
    .join(", ");
}

/** `DNS:broker.example, IP Address:10.0.0.7` without the kinds. */
function namesOf(text: string): readonly string[] {
  return text
    .split(", ")
    .map((name) => name.slice(name.indexOf(":") + 1))
    .filter((name) => name !== "");
}
