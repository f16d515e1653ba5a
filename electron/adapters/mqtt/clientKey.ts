import { createPrivateKey, X509Certificate } from "node:crypto";
import type { BrokerPlace } from "#capabilities/uplink.ts";
import type { TlsCause } from "./tlsCause.ts";

/** Our own certificate for mutual TLS, or why it cannot be shown. */
export type ClientKey =
  | { readonly cert: string; readonly key: string; readonly validNow: boolean }
  | { readonly cause: TlsCause; readonly error?: unknown };

/** Looks at the certificate and its key before any server does: OpenSSL's own errors come too late to tell which. */
export function clientKey(client: NonNullable<BrokerPlace["client"]>, now: number): ClientKey {
  if (client.key.trim() === "") return { cause: "keyMissing" };
  try {
    const certificate = new X509Certificate(client.certificate);
    if (!certificate.checkPrivateKey(createPrivateKey(client.key))) return { cause: "keyMismatch" };
    const validNow = now >= Date.parse(certificate.validFrom) && now <= Date.parse(certificate.validTo);
    return { cert: client.certificate, key: client.key, validNow };
  } catch (error) {
    return { cause: "keyUnreadable", error };
  }
}
