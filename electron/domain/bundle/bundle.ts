import type { Problem } from "#domain/problem.ts";
import { ok, type Result, refused } from "#domain/result.ts";
import { type Envelope, envelopeBytes, manifestType, parseEnvelope, preAuthEncoding } from "./dsse.ts";
import { type BundleFile, type Manifest, manifestBytes, parseManifest, readIssuer } from "./manifest.ts";
import { readTar, writeTar } from "./tar.ts";

const manifestPath = "manifest.json";
const envelopePath = "manifest.dsse";

/** A bundle whose signature and every file were checked. */
export interface OpenedBundle {
  readonly manifest: Manifest;
  readonly files: readonly BundleFile[];
  /** public key of who signed; whether to trust it is judgeTrust's to decide */
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
  const signatures = [{ keyId: manifest.issuer, signature }];
  const envelope = envelopeBytes({ payloadType: manifestType, payload, signatures });
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
 * Checks a bundle from the signature down: archive, signature, manifest, then each file by size and digest.
 *
 * Problems are all that are found: those of readTar and parseManifest where it cannot be read, `bundle.unsigned`,
 * `bundle.signatureInvalid`, one `bundle.tampered` for each file that is missing or changed, and one
 * `bundle.fileExtra` for each that the manifest does not name.
 */
export function openBundle(
  bytes: Uint8Array,
  checks: BundleChecks,
): Result<OpenedBundle, readonly Problem[]> {
  const archive = readTar(bytes);
  if (!archive.ok) return refused([archive.problem]);
  const [first, second, ...files] = archive.value;
  if (first?.path !== manifestPath) {
    return refused([
      { code: "bundle.malformed", reason: "manifest.json and manifest.dsse do not come first" },
    ]);
  }
  const envelope = second?.path === envelopePath ? parseEnvelope(second.bytes) : undefined;
  if (second?.path !== envelopePath || envelope?.signatures.length === 0)
    return refused([{ code: "bundle.unsigned" }]);
  const issuer = readIssuer(first.bytes);
  if (!issuer.ok) return refused([issuer.problem]);
  if (!isSigned(first.bytes, envelope, issuer.value, checks))
    return refused([{ code: "bundle.signatureInvalid" }]);
  const read = parseManifest(first.bytes);
  if (!read.ok) return refused(read.problem);
  const manifest = read.value;
  const problems = fileProblems(manifest, files, checks);
  if (problems.length > 0) return refused(problems);
  return ok({ manifest, files, issuer: manifest.issuer, digest: checks.sha256(first.bytes) });
}

function isSigned(
  payload: Uint8Array,
  envelope: Envelope | undefined,
  issuer: string,
  checks: BundleChecks,
): boolean {
  const [signature, ...more] = envelope?.signatures ?? [];
  return (
    envelope !== undefined &&
    signature !== undefined &&
    more.length === 0 &&
    envelope.payloadType === manifestType &&
    signature.keyId === issuer &&
    sameBytes(envelope.payload, payload) &&
    checks.verify(issuer, preAuthEncoding(manifestType, payload), signature.signature)
  );
}

function fileProblems(
  manifest: Manifest,
  files: readonly BundleFile[],
  checks: BundleChecks,
): readonly Problem[] {
  const found = new Map(files.map((file) => [file.path, file.bytes]));
  const named = new Set(manifest.files.map((file) => file.path));
  const changed = manifest.files.filter(({ path, size, sha256 }) => {
    const bytes = found.get(path);
    return bytes === undefined || bytes.length !== size || checks.sha256(bytes) !== sha256;
  });
  const stray = files.filter((file) => !named.has(file.path));
  return [
    ...stray.map(({ path }) => ({ code: "bundle.fileExtra", file: path }) as const),
    ...[...new Set(changed.map((file) => file.path))].map(
      (file) => ({ code: "bundle.tampered", file }) as const,
    ),
  ];
}

function sameBytes(one: Uint8Array, other: Uint8Array): boolean {
  return one.length === other.length && one.every((byte, index) => byte === other[index]);
}
