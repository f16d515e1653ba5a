import { z } from "zod";
import type { Problem } from "#domain/problem.ts";
import { ok, type Result, refused } from "#domain/result.ts";
import { parsedJson } from "../parsedJson.ts";
import { utf8Bytes, utf8Text } from "../utf8.ts";
import { isPlainPath } from "./tar.ts";

const bundleFormat = 2;

/** Beyond this no sequence number is taken: every shell counts that far, and it lasts for a bundle a second of a life. */
export const largestSeq = 2_147_483_647;

const digest = z.string().regex(/^[0-9a-f]{64}$/);
/** UTC to the millisecond, always 24 characters, so that times compare as texts */
const time = z.string().regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/);
const version = z.string().regex(/^\d{1,5}\.\d{1,5}\.\d{1,5}$/);
const node = z.string().min(1).max(127);

/** What must hold after the configuration was taken, else the old one comes back. */
const healthCheck = z.discriminatedUnion("check", [
  /** so many of each are in the gateway's export */
  z.strictObject({
    check: z.literal("counts"),
    nodes: z.int().min(0),
    groups: z.int().min(0),
    tags: z.int().min(0),
  }),
  /** the node runs, and is linked */
  z.strictObject({ check: z.literal("node"), node }),
  /** at least so many tags of the group are read */
  z.strictObject({ check: z.literal("group"), node, group: node, good: z.int().min(1) }),
]);

const manifestSchema = z.strictObject({
  format: z.literal(bundleFormat),
  bundleId: z.string().min(1).max(64),
  site: z.strictObject({
    id: z.string().regex(/^[A-Za-z0-9._-]{1,64}$/),
    name: z.string().min(1).max(127),
  }),
  /** the gateway it is for and for no other; `serial` and key where they are known */
  gateway: z.strictObject({
    url: z.string().max(255),
    serial: z
      .string()
      .regex(/^[A-Za-z0-9._:-]{1,64}$/)
      .exactOptional(),
    keyFingerprint: digest.exactOptional(),
  }),
  /** rises with every bundle for the gateway, so that an older one is not taken for a new one without a clock */
  seq: z.int().min(1).max(largestSeq),
  /** digest of the bundle that the gateway accepted last; empty for the first */
  prevDigest: z.union([z.literal(""), digest]),
  /** digest of the configuration that it replaces, as the last receipt told it */
  expectsCurrentConfig: z.union([z.literal("any"), digest]),
  /** versions that it was made for: from the first on, below the second */
  compatible: z.strictObject({ neuron: z.strictObject({ from: version, below: version }) }),
  issuedAt: time,
  notAfter: time.exactOptional(),
  /** what it configures */
  components: z
    .array(z.enum(["neuron"]))
    .min(1)
    .max(8)
    .readonly(),
  healthChecks: z.array(healthCheck).max(2000).readonly(),
  rollback: z.literal("snapshot"),
  files: z
    .array(
      z.strictObject({
        path: z.string().max(100).refine(isPlainPath),
        size: z.int().min(0),
        sha256: digest,
      }),
    )
    .max(254)
    .readonly(),
  /** Ed25519 public key of who signed, base64 */
  issuer: z.string().regex(/^[A-Za-z0-9+/]{43}=$/),
});

const headSchema = z.object({ format: z.number(), seq: z.number(), issuer: z.string() });

/** What a bundle says of itself; the only thing that is signed, and it names every file by its digest. */
export type Manifest = z.infer<typeof manifestSchema>;
export type HealthCheck = z.infer<typeof healthCheck>;

export interface BundleFile {
  readonly path: string;
  readonly bytes: Uint8Array;
}

/** Completes a manifest with its files' sizes and digests, in the order given. */
export function makeManifest(
  head: Omit<Manifest, "format" | "rollback" | "files">,
  files: readonly BundleFile[],
  sha256: (bytes: Uint8Array) => string,
): Manifest {
  return {
    ...head,
    format: bundleFormat,
    rollback: "snapshot",
    files: files.map((file) => ({ path: file.path, size: file.bytes.length, sha256: sha256(file.bytes) })),
  };
}

/** The bytes that are signed: the schema's key order, 2 spaces, a newline at the end. */
export function manifestBytes(manifest: Manifest): Uint8Array {
  return utf8Bytes(`${JSON.stringify(manifestSchema.parse(manifest), null, 2)}\n`);
}

/**
 * Who claims to have signed a manifest: as much of it as may be believed before the signature was checked.
 * `bundle.malformed` for other bytes than printing its content gives, `bundle.formatOld`, `bundle.seqOutOfRange`.
 */
export function readIssuer(bytes: Uint8Array): Result<string, Problem> {
  const text = utf8Text(bytes);
  const json = parsedJson(text);
  const head = headSchema.safeParse(json);
  // Two readers that take the same bytes must find the same in them: a key twice would be read one way or the other.
  if (!head.success || `${JSON.stringify(json, null, 2)}\n` !== text)
    return refused({ code: "bundle.malformed", reason: "manifest.json is not JSON" });
  const { format, seq, issuer } = head.data;
  if (format < bundleFormat) return refused({ code: "bundle.formatOld", format });
  if (seq > largestSeq) return refused({ code: "bundle.seqOutOfRange", seq });
  return ok(issuer);
}

/** Reads a manifest whose signature is good; `bundle.malformed` with the field for everything that does not fit. */
export function parseManifest(bytes: Uint8Array): Result<Manifest, readonly Problem[]> {
  const read = manifestSchema.safeParse(parsedJson(utf8Text(bytes)));
  if (!read.success) {
    return refused(
      read.error.issues.map((issue) => ({
        code: "bundle.malformed",
        reason: issue.message,
        at: { field: issue.path.map(String).join(".") },
      })),
    );
  }
  return ok(read.data);
}
