import type { JournalEntry } from "#capabilities/journal.ts";
import { fromBase64, toBase64 } from "#domain/bundle/base64.ts";
import { envelopeBytes, parseEnvelope, preAuthEncoding } from "#domain/bundle/dsse.ts";
import type { BundleFile } from "#domain/bundle/manifest.ts";
import { ProblemError } from "#domain/problem.ts";
import {
  type Delegation,
  delegationKind,
  envelop,
  type Receipt,
  type Revocations,
  type Root,
  readEnveloped,
  revocationsKind,
  rootKind,
  type Signer,
} from "#domain/trust/documents.ts";
import { keyFingerprint } from "#domain/trust/fingerprint.ts";
import { trustPaths } from "#domain/trust/judgeTrust.ts";
import type { World } from "./world.ts";

export type Role = "root" | "organisation" | "technician";

interface KeyPair {
  readonly publicKey: string;
  readonly privateKey: string;
}

/** Who signs, and what proves that they may. */
export interface Technician {
  readonly key: KeyPair;
  readonly documents: readonly BundleFile[];
}

/** The technician's key has the name it had before there were roles, so that it lives on. */
const keySecrets: Readonly<Record<Role, string>> = {
  root: "trust:root",
  organisation: "trust:organisation",
  technician: "signing",
};
const chainSecret = "trust:chain";

/** The newest root that was taken up here: what bundles are checked against unless another is named. */
export function newestRoot(
  kept: readonly BundleFile[],
): { readonly document: Root; readonly bytes: Uint8Array } | undefined {
  const roots = kept.flatMap(({ bytes }) => {
    const document = readEnveloped(rootKind, bytes)?.document;
    return document === undefined ? [] : [{ document, bytes }];
  });
  return roots.sort((one, other) => other.document.version - one.document.version)[0];
}

/** This computer's public key for a role, made at first need and kept where secrets are kept. */
export async function makeKey(world: World, role: Role): Promise<string> {
  return (await keyOf(world, role, true)).publicKey;
}

/** Version 1 of a root, to be signed further by its other keys. */
export async function makeRoot(
  world: World,
  owner: string,
  threshold: number,
  keys: readonly string[],
): Promise<Uint8Array> {
  const signer = await signerOf(world, "root");
  if (threshold > new Set(keys).size || new Set(keys).size !== keys.length)
    throw new ProblemError({ code: "input.invalid", reason: "threshold: Invalid number of keys" });
  const root: Root = { format: 1, owner, version: 1, threshold, keys: [...keys], revoked: [] };
  return written(() => envelop(rootKind, root, [signer]));
}

/** The next version of a root, with other keys or more that are revoked; to be signed by the old keys and the new. */
export async function rotateRoot(
  world: World,
  old: Uint8Array,
  change: Partial<Pick<Root, "threshold" | "keys" | "revoked">>,
): Promise<Uint8Array> {
  const signer = await signerOf(world, "root");
  const { document } = readDocument(rootKind, old, "root");
  const next = { ...document, ...change, version: document.version + 1 };
  return written(() => envelop(rootKind, next, [signer]));
}

/** Adds this computer's root key to the signatures of a document that needs several. */
export async function signAlso(world: World, bytes: Uint8Array): Promise<Uint8Array> {
  const envelope = parseEnvelope(bytes);
  const known = [rootKind.type, delegationKind.type];
  if (envelope === undefined || !known.includes(envelope.payloadType))
    throw new ProblemError({ code: "trust.documentInvalid", document: "" });
  const { publicKey, sign } = await signerOf(world, "root");
  const signature = sign(preAuthEncoding(envelope.payloadType, envelope.payload));
  const others = envelope.signatures.filter(({ keyId }) => keyId !== publicKey);
  return envelopeBytes({ ...envelope, signatures: [...others, { keyId: publicKey, signature }] });
}

/** Lets a key act: the root delegates to an organisation, an organisation to a technician. */
export async function delegate(
  world: World,
  given: Pick<Delegation, "role" | "name" | "key" | "sites" | "actions" | "notAfter">,
): Promise<Uint8Array> {
  const signer = await signerOf(world, given.role === "organisation" ? "root" : "organisation");
  const issuedAt = new Date(world.clock.now()).toISOString();
  return written(() => envelop(delegationKind, { format: 1, ...given, issuedAt }, [signer]));
}

/** A revocation list with more keys than the one before. */
export async function revoke(
  world: World,
  before: Uint8Array | undefined,
  keys: readonly string[],
): Promise<Uint8Array> {
  const signer = await signerOf(world, "organisation");
  const old: Revocations =
    before === undefined
      ? { format: 1, version: 0, keys: [] }
      : readDocument(revocationsKind, before, "revocations").document;
  const all = [...new Set([...old.keys, ...keys])];
  return written(() =>
    envelop(revocationsKind, { format: 1, version: old.version + 1, keys: all }, [signer]),
  );
}

/** Keeps a document of the chain, so that bundles made here carry it. Resolves to its place in a bundle. */
export async function takeDocument(world: World, bytes: Uint8Array): Promise<string> {
  const path = placeOf(bytes);
  if (path === undefined) throw new ProblemError({ code: "trust.documentInvalid", document: "" });
  const chain = { ...(await keptChain(world)), [path]: toBase64(bytes) };
  await world.secrets.set(chainSecret, JSON.stringify(chain));
  return path;
}

/** The technician's key and the documents that prove it, as they go into a bundle. */
export async function technicianOf(world: World): Promise<Technician> {
  const key = await keyOf(world, "technician", true);
  return { key, documents: await keptDocuments(world) };
}

/** The documents of the chain that were taken up here, by their places in a bundle. */
export async function keptDocuments(world: World): Promise<readonly BundleFile[]> {
  return Object.entries(await keptChain(world))
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([path, text]) => ({ path, bytes: fromBase64(text) ?? new Uint8Array() }));
}

/** This computer's public key for a role, where there is one. */
export async function keyOfRole(world: World, role: Role): Promise<string | undefined> {
  const kept = await world.secrets.get(keySecrets[role]);
  return kept === undefined ? undefined : (JSON.parse(kept) as KeyPair).publicKey;
}

/** What the site's receipts tell of its gateway: who it is, which bundle it has, and what ran there after. */
export function knownGateway(evidence: readonly JournalEntry[]): {
  readonly identity: {
    readonly serial?: string;
    readonly keyFingerprint?: string;
    readonly sealKey?: string;
  };
  readonly accepted: { readonly seq: number; readonly digest: string };
  readonly config: string;
} {
  const paired = evidence.findLast((entry) => entry.kind === "gateway.paired")?.body;
  const receipts = evidence
    .filter((entry) => entry.kind === "bundle.receipt")
    .map((entry) => entry.body as unknown as Receipt);
  const applied = receipts.findLast((receipt) => receipt.outcome === "applied");
  return {
    identity:
      paired === undefined
        ? {}
        : {
            serial: String(paired.serial),
            keyFingerprint: String(paired.keyFingerprint),
            ...(typeof paired.sealKey === "string" && { sealKey: paired.sealKey }),
          },
    accepted: { seq: applied?.seq ?? 0, digest: applied?.bundle ?? "" },
    config: receipts.at(-1)?.configAfter ?? "any",
  };
}

export function readRoot(bytes: Uint8Array): Root {
  return readDocument(rootKind, bytes, "root").document;
}

/** A key's fingerprint: the whole of it, hex. */
export function fingerprintOf(world: World, key: string): string {
  return keyFingerprint(key, world.crypto);
}

function readDocument<T>(kind: Parameters<typeof readEnveloped<T>>[0], bytes: Uint8Array, document: string) {
  const read = readEnveloped(kind, bytes);
  if (read === undefined) throw new ProblemError({ code: "trust.documentInvalid", document });
  return read;
}

/** Whatever does not fit a document came from who asked for it. */
function written(write: () => Uint8Array): Uint8Array {
  try {
    return write();
  } catch (error) {
    const issues = (error as { issues?: readonly { message: string; path: readonly PropertyKey[] }[] })
      .issues;
    if (issues === undefined) throw error;
    const reason = issues.map((issue) => `${issue.path.map(String).join(".")}: ${issue.message}`).join("; ");
    throw new ProblemError({ code: "input.invalid", reason });
  }
}

function placeOf(bytes: Uint8Array): string | undefined {
  const root = readEnveloped(rootKind, bytes)?.document;
  if (root !== undefined) return trustPaths.root(root.version);
  const delegation = readEnveloped(delegationKind, bytes)?.document;
  if (delegation !== undefined) return trustPaths[delegation.role];
  return readEnveloped(revocationsKind, bytes) === undefined ? undefined : trustPaths.revocations;
}

async function keptChain(world: World): Promise<Readonly<Record<string, string>>> {
  return JSON.parse((await world.secrets.get(chainSecret)) ?? "{}") as Record<string, string>;
}

async function signerOf(world: World, role: Role): Promise<Signer> {
  const { publicKey, privateKey } = await keyOf(world, role, false);
  return { publicKey, sign: (bytes) => world.crypto.sign(privateKey, bytes) };
}

async function keyOf(world: World, role: Role, make: boolean): Promise<KeyPair> {
  const kept = await world.secrets.get(keySecrets[role]);
  if (kept !== undefined) return JSON.parse(kept) as KeyPair;
  if (!make) throw new ProblemError({ code: "trust.keyMissing", role });
  const key = world.crypto.makeSigningKey();
  await world.secrets.set(keySecrets[role], JSON.stringify(key));
  return key;
}
