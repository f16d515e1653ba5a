import { z } from "zod";
import type { Problem } from "#domain/problem.ts";
import { ok, type Result, refused } from "#domain/result.ts";
import { utf8Bytes, utf8Text } from "../utf8.ts";

const bundleFormat = 1;

/** A path inside a bundle: plain ASCII names that mean the same on every system, never upwards, never absolute. */
const path = z
  .string()
  .max(100)
  .regex(/^[A-Za-z0-9_-][A-Za-z0-9._-]*(\/[A-Za-z0-9_-][A-Za-z0-9._-]*)*$/);
const digest = z.string().regex(/^[0-9a-f]{64}$/);
const time = z.iso.datetime();

const manifestSchema = z.strictObject({
  format: z.literal(bundleFormat),
  bundleId: z.string().min(1).max(64),
  site: z.strictObject({ id: z.string().min(1).max(64), name: z.string().min(1).max(127) }),
  /** the gateway it is for and for no other; `serial` and key where they are known */
  gateway: z.strictObject({
    url: z.string().max(255),
    serial: z.string().max(127).exactOptional(),
    keyFingerprint: digest.exactOptional(),
  }),
  /** rises with every bundle for the gateway, so that an older one is not taken for a new one without a clock */
  seq: z.int().min(1),
  /** digest of the bundle before it; empty for the first */
  prevDigest: z.union([z.literal(""), digest]),
  /** digest of the configuration that it replaces */
  expectsCurrentConfig: z.union([z.literal("any"), digest]),
  issuedAt: time,
  notAfter: time.exactOptional(),
  /** what it configures */
  components: z.array(z.string().min(1).max(64)).readonly(),
  files: z
    .array(z.strictObject({ path, size: z.int().min(0), sha256: digest }))
    .max(254)
    .readonly(),
  /** Ed25519 public key of who signed, base64 */
  issuer: z.string().regex(/^[A-Za-z0-9+/]{43}=$/),
});

/** What a bundle says of itself; the only thing that is signed, and it names every file by its digest. */
export type Manifest = z.infer<typeof manifestSchema>;

export interface BundleFile {
  readonly path: string;
  readonly bytes: Uint8Array;
}

/** Completes a manifest with its files' sizes and digests, in the order given. */
export function makeManifest(
  head: Omit<Manifest, "format" | "files">,
  files: readonly BundleFile[],
  sha256: (bytes: Uint8Array) => string,
): Manifest {
  return {
    ...head,
    format: bundleFormat,
    files: files.map((file) => ({ path: file.path, size: file.bytes.length, sha256: sha256(file.bytes) })),
  };
}

/** The bytes that are signed: fixed key order, 2 spaces, a newline at the end. */
export function manifestBytes(manifest: Manifest): Uint8Array {
  const { gateway } = manifest;
  const ordered: Manifest = {
    format: manifest.format,
    bundleId: manifest.bundleId,
    site: { id: manifest.site.id, name: manifest.site.name },
    gateway: {
      url: gateway.url,
      ...(gateway.serial === undefined ? {} : { serial: gateway.serial }),
      ...(gateway.keyFingerprint === undefined ? {} : { keyFingerprint: gateway.keyFingerprint }),
    },
    seq: manifest.seq,
    prevDigest: manifest.prevDigest,
    expectsCurrentConfig: manifest.expectsCurrentConfig,
    issuedAt: manifest.issuedAt,
    ...(manifest.notAfter === undefined ? {} : { notAfter: manifest.notAfter }),
    components: manifest.components,
    files: manifest.files.map((file) => ({ path: file.path, size: file.size, sha256: file.sha256 })),
    issuer: manifest.issuer,
  };
  return utf8Bytes(`${JSON.stringify(ordered, null, 2)}\n`);
}

/** Reads a manifest; `bundle.malformed` with the field for everything that does not fit. */
export function parseManifest(bytes: Uint8Array): Result<Manifest, readonly Problem[]> {
  const text = utf8Text(bytes);
  const json = text === undefined ? undefined : readJson(text);
  if (json === undefined) return refused([{ code: "bundle.malformed", reason: "manifest.json is not JSON" }]);
  const read = manifestSchema.safeParse(json);
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

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
