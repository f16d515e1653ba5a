import type { Problem } from "#domain/problem.ts";
import { ok, type Result, refused } from "#domain/result.ts";
import { envelopeBytes, manifestType, parseEnvelope, preAuthEncoding } from "./dsse.ts";
import { type BundleFile, type Manifest, manifestBytes, parseManifest } from "./manifest.ts";
import { readTar, writeTar } from "./tar.ts";

const manifestPath = "manifest.json";
const envelopePath = "manifest.dsse";

/** A bundle whose signature and every file were checked. */
export interface OpenedBundle {
  readonly manifest: Manifest;
  readonly files: readonly BundleFile[];
  /** public key of who signed; whether to trust it is for the caller to decide */
  readonly issuer: string;
  /** SHA-256 of the manifest: names the bundle, and is the next one's `prevDigest` */
  readonly digest: string;
}

/**
 * Packs files behind their signed manifest: manifest.json, manifest.dsse, then the files in the manifest's order.
 *
 * @param manifest made of the same files by makeManifest
 * @param sign     Ed25519 with the private key of `manifest.issuer`
 */
export function packBundle(
  files: readonly BundleFile[],
  manifest: Manifest,
  sign: (bytes: Uint8Array) => Uint8Array,
): Uint8Array {
  const payload = manifestBytes(manifest);
  const signature = sign(preAuthEncoding(manifestType, payload));
  const envelope = envelopeBytes({ payloadType: manifestType, payload, keyId: manifest.issuer, signature });
  const packed = manifest.files.map(({ path }) => {
    const file = files.find((one) => one.path === path);
    if (file === undefined) throw new Error(`the manifest names ${path}, which is not there`);
    return file;
  });
  return writeTar([
    { path: manifestPath, bytes: payload },
    { path: envelopePath, bytes: envelope },
    ...packed,
  ]);
}

/** Hashes and signatures, as capabilities/crypto.ts describes them. */
export interface BundleChecks {
  readonly sha256: (bytes: Uint8Array) => string;
  readonly verify: (publicKey: string, bytes: Uint8Array, signature: Uint8Array) => boolean;
}

/**
 * Checks a bundle from the signature down: signature, manifest, then each file by size and digest.
 *
 * Problems are all that are found: `bundle.malformed` where it cannot be read, `bundle.signatureInvalid`, and one
 * `bundle.tampered` for each file that is missing, changed or not in the manifest.
 */
export function openBundle(
  bytes: Uint8Array,
  checks: BundleChecks,
): Result<OpenedBundle, readonly Problem[]> {
  const archive = readTar(bytes);
  if (!archive.ok) return refused([archive.problem]);
  const [first, second, ...files] = archive.value;
  if (first?.path !== manifestPath || second?.path !== envelopePath) {
    return refused([
      { code: "bundle.malformed", reason: "manifest.json and manifest.dsse do not come first" },
    ]);
  }
  const read = parseManifest(first.bytes);
  if (!read.ok) return refused([...read.problem, { code: "bundle.signatureInvalid" }]);
  const manifest = read.value;
  const problems = [
    ...(isSigned(first.bytes, second.bytes, manifest, checks)
      ? []
      : [{ code: "bundle.signatureInvalid" } as const]),
    ...tamperedFiles(manifest, files, checks).map((file) => ({ code: "bundle.tampered", file }) as const),
  ];
  if (problems.length > 0) return refused(problems);
  return ok({ manifest, files, issuer: manifest.issuer, digest: checks.sha256(first.bytes) });
}

function isSigned(
  payload: Uint8Array,
  envelope: Uint8Array,
  manifest: Manifest,
  checks: BundleChecks,
): boolean {
  const read = parseEnvelope(envelope);
  return (
    read !== undefined &&
    read.payloadType === manifestType &&
    read.keyId === manifest.issuer &&
    sameBytes(read.payload, payload) &&
    checks.verify(manifest.issuer, preAuthEncoding(read.payloadType, read.payload), read.signature)
  );
}

function tamperedFiles(
  manifest: Manifest,
  files: readonly BundleFile[],
  checks: BundleChecks,
): readonly string[] {
  const found = new Map(files.map((file) => [file.path, file.bytes]));
  const named = new Set(manifest.files.map((file) => file.path));
  const changed = manifest.files.filter(({ path, size, sha256 }) => {
    const bytes = found.get(path);
    return bytes === undefined || bytes.length !== size || checks.sha256(bytes) !== sha256;
  });
  const stray = files.filter((file) => !named.has(file.path));
  return [...new Set([...changed, ...stray].map((file) => file.path))];
}

function sameBytes(one: Uint8Array, other: Uint8Array): boolean {
  return one.length === other.length && one.every((byte, index) => byte === other[index]);
}
