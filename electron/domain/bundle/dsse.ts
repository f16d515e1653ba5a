import { z } from "zod";
import { parsedJson } from "../parsedJson.ts";
import { utf8Bytes, utf8Text } from "../utf8.ts";
import { fromBase64, toBase64 } from "./base64.ts";

/** What is signed here. */
export const manifestType = "application/vnd.lastmile.manifest+json";

/** Signatures over one payload, as they are stored. @see DSSE v1.0.2, envelope */
const envelopeSchema = z.strictObject({
  payloadType: z.string().max(255),
  payload: z.string(),
  signatures: z.array(z.strictObject({ keyid: z.string().max(255), sig: z.string().max(255) })).max(16),
});

export interface Envelope {
  readonly payloadType: string;
  readonly payload: Uint8Array;
  readonly signatures: readonly Signature[];
}

export interface Signature {
  /** the signer's public key, base64; a hint, never a proof */
  readonly keyId: string;
  readonly signature: Uint8Array;
}

/**
 * The bytes a signature covers: type and payload with their lengths in bytes, so that neither can run into the other.
 *
 * @see DSSE v1.0.2, PAE
 */
export function preAuthEncoding(type: string, payload: Uint8Array): Uint8Array {
  const name = utf8Bytes(type);
  const start = utf8Bytes(`DSSEv1 ${name.length} `);
  const middle = utf8Bytes(` ${payload.length} `);
  const bytes = new Uint8Array(start.length + name.length + middle.length + payload.length);
  bytes.set(start);
  bytes.set(name, start.length);
  bytes.set(middle, start.length + name.length);
  bytes.set(payload, start.length + name.length + middle.length);
  return bytes;
}

export function envelopeBytes(envelope: Envelope): Uint8Array {
  const members = {
    payloadType: envelope.payloadType,
    payload: toBase64(envelope.payload),
    signatures: envelope.signatures.map(({ keyId, signature }) => ({
      keyid: keyId,
      sig: toBase64(signature),
    })),
  };
  return utf8Bytes(`${JSON.stringify(members, null, 2)}\n`);
}

/** The envelope that envelopeBytes wrote; undefined for any other bytes, a space more included. */
export function parseEnvelope(bytes: Uint8Array): Envelope | undefined {
  const text = utf8Text(bytes);
  const read = envelopeSchema.safeParse(text === undefined ? undefined : parsedJson(text));
  if (!read.success) return undefined;
  const payload = fromBase64(read.data.payload);
  if (payload === undefined) return undefined;
  const signatures: Signature[] = [];
  for (const { keyid, sig } of read.data.signatures) {
    const signature = fromBase64(sig);
    if (signature === undefined) return undefined;
    signatures.push({ keyId: keyid, signature });
  }
  const envelope = { payloadType: read.data.payloadType, payload, signatures };
  return utf8Text(envelopeBytes(envelope)) === text ? envelope : undefined;
}
