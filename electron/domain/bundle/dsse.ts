import { z } from "zod";
import { utf8Bytes, utf8Text } from "../utf8.ts";
import { fromBase64, toBase64 } from "./base64.ts";

/** What is signed here. */
export const manifestType = "application/vnd.lastmile.manifest+json";

/** One signature over one payload, as it is stored. @see DSSE v1.0.2, envelope */
const envelopeSchema = z.strictObject({
  payloadType: z.string().max(255),
  payload: z.string(),
  signatures: z.tuple([z.strictObject({ keyid: z.string().max(255), sig: z.string().max(255) })]),
});

export interface Envelope {
  readonly payloadType: string;
  readonly payload: Uint8Array;
  /** the issuer's public key, base64; a hint, never a proof */
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
    signatures: [{ keyid: envelope.keyId, sig: toBase64(envelope.signature) }],
  };
  return utf8Bytes(`${JSON.stringify(members, null, 2)}\n`);
}

/** The envelope that envelopeBytes wrote; undefined for any other bytes, a space more included. */
export function parseEnvelope(bytes: Uint8Array): Envelope | undefined {
  const text = utf8Text(bytes);
  const read = envelopeSchema.safeParse(text === undefined ? undefined : readJson(text));
  if (!read.success) return undefined;
  const [{ keyid, sig }] = read.data.signatures;
  const payload = fromBase64(read.data.payload);
  const signature = fromBase64(sig);
  if (payload === undefined || signature === undefined) return undefined;
  const envelope = { payloadType: read.data.payloadType, payload, keyId: keyid, signature };
  return utf8Text(envelopeBytes(envelope)) === text ? envelope : undefined;
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
