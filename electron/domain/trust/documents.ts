import { z } from "zod";
import type { BundleChecks } from "../bundle/bundle.ts";
import { type Envelope, envelopeBytes, parseEnvelope, preAuthEncoding } from "../bundle/dsse.ts";
import { utf8Bytes, utf8Text } from "../utf8.ts";

const key = z.string().regex(/^[A-Za-z0-9+/]{43}=$/);
const time = z.string().regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/);
const name = z.string().min(1).max(127);
const digest = z.string().regex(/^[0-9a-f]{64}$/);
const rising = z.int().min(1).max(2_147_483_647);

/** Who owns the gateways. The document of one version is signed by `threshold` of the keys of the one before it too. */
const rootSchema = z.strictObject({
  format: z.literal(1),
  owner: name,
  version: rising,
  threshold: z.int().min(1).max(16),
  keys: z.array(key).min(1).max(16).readonly(),
  /** keys, of organisations for the most part, that are trusted no more */
  revoked: z.array(key).max(1000).readonly(),
});

/** Lets a key act: an organisation's signed by the root, a technician's by the organisation. */
const delegationSchema = z.strictObject({
  format: z.literal(1),
  role: z.enum(["organisation", "technician"]),
  name,
  key,
  /** ids of sites; `*` for all */
  sites: z
    .array(z.string().regex(/^(\*|[A-Za-z0-9._-]{1,64})$/))
    .min(1)
    .max(2000)
    .readonly(),
  /** such as `apply:neuron` */
  actions: z
    .array(z.string().regex(/^[a-z]+(:[a-z]+)?$/))
    .min(1)
    .max(32)
    .readonly(),
  issuedAt: time,
  notAfter: time,
});

/** Keys of technicians that are trusted no more, signed by their organisation. A later version holds all earlier keys. */
const revocationsSchema = z.strictObject({
  format: z.literal(1),
  version: rising,
  keys: z.array(key).max(5000).readonly(),
});

/** What became of a bundle, told by the gateway that took it, or by the technician where the gateway cannot sign. */
const receiptSchema = z.strictObject({
  format: z.literal(1),
  /** digest of the bundle's manifest */
  bundle: digest,
  seq: rising,
  gateway: z.strictObject({ serial: z.string().max(64), key }),
  outcome: z.enum(["applied", "rolledBack"]),
  /** code of what failed; empty when applied */
  because: z.string().max(64),
  /** digest of the export, secrets masked, before and after */
  configBefore: digest,
  configAfter: digest,
  neuron: z.string().max(32),
  bootId: z.string().max(64),
  /** rises with every receipt of the gateway */
  counter: rising,
  /** by the gateway's clock, which may be wrong: see `clock` */
  at: z.string().max(24),
  clock: z.enum(["synced", "unknown"]),
  attestedBy: z.enum(["gateway", "technician"]),
});

export type Root = z.infer<typeof rootSchema>;
export type Delegation = z.infer<typeof delegationSchema>;
export type Revocations = z.infer<typeof revocationsSchema>;
export type Receipt = z.infer<typeof receiptSchema>;

/** A kind of signed document: its media type, and how its bytes are written and read. */
export interface DocumentKind<T> {
  readonly type: string;
  /** the bytes that are signed: the schema's key order, 2 spaces, a newline at the end */
  bytes(document: T): Uint8Array;
  /** undefined for any other bytes than `bytes` writes */
  read(bytes: Uint8Array): T | undefined;
}

export const rootKind = documentKind("application/vnd.lastmile.root+json", rootSchema);
export const delegationKind = documentKind("application/vnd.lastmile.delegation+json", delegationSchema);
export const revocationsKind = documentKind("application/vnd.lastmile.revocations+json", revocationsSchema);
export const receiptKind = documentKind("application/vnd.lastmile.receipt+json", receiptSchema);

/** A document out of its envelope, whose signatures are still to be counted. */
export interface Enveloped<T> {
  readonly document: T;
  readonly envelope: Envelope;
}

export function readEnveloped<T>(
  kind: DocumentKind<T>,
  bytes: Uint8Array | undefined,
): Enveloped<T> | undefined {
  const envelope = bytes === undefined ? undefined : parseEnvelope(bytes);
  const document = envelope?.payloadType === kind.type ? kind.read(envelope.payload) : undefined;
  return envelope === undefined || document === undefined ? undefined : { document, envelope };
}

/** Who signs, by public key. */
export interface Signer {
  readonly publicKey: string;
  readonly sign: (bytes: Uint8Array) => Uint8Array;
}

/** A document in its envelope, signed by each in the order given. */
export function envelop<T>(kind: DocumentKind<T>, document: T, signers: readonly Signer[]): Uint8Array {
  const payload = kind.bytes(document);
  const signed = preAuthEncoding(kind.type, payload);
  const signatures = signers.map(({ publicKey, sign }) => ({ keyId: publicKey, signature: sign(signed) }));
  return envelopeBytes({ payloadType: kind.type, payload, signatures });
}

/** How many different ones of these keys signed the envelope. */
export function signersAmong(
  keys: readonly string[],
  { payloadType, payload, signatures }: Envelope,
  checks: BundleChecks,
): number {
  const signed = preAuthEncoding(payloadType, payload);
  return [...new Set(keys)].filter((key) =>
    signatures.some(({ keyId, signature }) => keyId === key && checks.verify(key, signed, signature)),
  ).length;
}

function documentKind<T>(type: string, schema: z.ZodType<T>): DocumentKind<T> {
  const bytes = (document: T) => utf8Bytes(`${JSON.stringify(schema.parse(document), null, 2)}\n`);
  return {
    type,
    bytes,
    read(given) {
      const text = utf8Text(given);
      try {
        const document = schema.parse(JSON.parse(text ?? ""));
        return utf8Text(bytes(document)) === text ? document : undefined;
      } catch {
        return undefined;
      }
    },
  };
}
