import type { DetailedPeerCertificate, TLSSocket } from "node:tls";
import type { Certificate } from "#capabilities/uplink.ts";

/** What the server presented, its own certificate first; ends with the authority where that is known. */
export function chainOf(socket: TLSSocket): readonly Certificate[] {
  const chain: Certificate[] = [];
  const seen = new Set<string>();
  let next: DetailedPeerCertificate | undefined = socket.getPeerCertificate(true);
  // A self-signed certificate is its own issuer.
  while (next?.fingerprint256 && !seen.has(next.fingerprint256)) {
    seen.add(next.fingerprint256);
    chain.push({
      subject: nameOf(next.subject),
      issuer: nameOf(next.issuer),
      validFrom: Date.parse(next.valid_from),
      validTo: Date.parse(next.valid_to),
      fingerprint: next.fingerprint256,
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
