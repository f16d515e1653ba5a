import type { BundleChecks, OpenedBundle } from "../bundle/bundle.ts";
import type { Problem } from "../problem.ts";
import { ok, type Result, refused } from "../result.ts";
import {
  type Delegation,
  delegationKind,
  type Root,
  readEnveloped,
  revocationsKind,
  rootKind,
  signersAmong,
} from "./documents.ts";

/** Where the documents of the chain stand in a bundle. */
export const trustPaths = {
  root: (version: number) => `trust/root-${version}.dsse`,
  organisation: "trust/organisation.dsse",
  technician: "trust/technician.dsse",
  revocations: "trust/revocations.dsse",
} as const;

/** What whoever checks a bundle believed before. */
export interface TrustState {
  /** pinned when the gateway was paired, or newer by rotation */
  readonly root: Root;
  /** the newest list that was seen; version 0 before the first */
  readonly revocations: { readonly version: number; readonly keys: readonly string[] };
  /** latest time that is known to have passed, ISO with milliseconds; a gateway's clock may stand in 1970 */
  readonly trustedAt: string;
}

/** Who stands behind a bundle, and what is believed from now on. */
export interface Trusted {
  readonly organisation: Delegation;
  readonly technician: Delegation;
  readonly state: TrustState;
}

/**
 * Follows the chain from the owner's root to who signed the bundle: rotations of the root, the organisation, the
 * technician, the revocation list, expiry, scope. The first thing that is wrong is told.
 */
export function judgeTrust(
  bundle: OpenedBundle,
  before: TrustState,
  checks: BundleChecks,
): Result<Trusted, Problem> {
  const { manifest, files } = bundle;
  const file = (path: string) => files.find((one) => one.path === path)?.bytes;
  const rotated = rotatedRoot(before.root, file, checks);
  if (!rotated.ok) return rotated;
  const root = rotated.value;

  const organisation = readEnveloped(delegationKind, file(trustPaths.organisation));
  if (organisation?.document.role !== "organisation") return missingOrBroken(file, trustPaths.organisation);
  if (signersAmong(root.keys, organisation.envelope, checks) < root.threshold)
    return refused({ code: "trust.rootWrong", owner: root.owner });
  const technician = readEnveloped(delegationKind, file(trustPaths.technician));
  if (technician?.document.role !== "technician") return missingOrBroken(file, trustPaths.technician);
  const signedBy = (envelope: typeof technician.envelope) =>
    signersAmong([organisation.document.key], envelope, checks) === 1;
  if (!signedBy(technician.envelope) || technician.document.key !== bundle.issuer)
    return refused({ code: "trust.chainBroken", document: trustPaths.technician });

  let { revocations } = before;
  if (file(trustPaths.revocations) !== undefined) {
    const list = readEnveloped(revocationsKind, file(trustPaths.revocations));
    if (list === undefined || !signedBy(list.envelope))
      return refused({ code: "trust.chainBroken", document: trustPaths.revocations });
    // An older list may travel in an older stick; what was revoked stays so.
    const keys = [...new Set([...revocations.keys, ...list.document.keys])];
    revocations = { version: Math.max(revocations.version, list.document.version), keys };
  }
  const links = [organisation.document, technician.document];
  const revoked = new Set([...root.revoked, ...revocations.keys]);
  const trustedAt = before.trustedAt > manifest.issuedAt ? before.trustedAt : manifest.issuedAt;
  for (const { name, key } of links) if (revoked.has(key)) return refused({ code: "trust.revoked", name });
  for (const { name, notAfter } of links)
    if (trustedAt > notAfter) return refused({ code: "trust.expired", name, notAfter });
  for (const link of links) {
    const what = beyondScope(link, manifest.site.id, manifest.components);
    if (what !== undefined) return refused({ code: "trust.scopeExceeded", name: link.name, what });
  }
  if (manifest.notAfter !== undefined && trustedAt > manifest.notAfter)
    return refused({ code: "trust.bundleExpired", notAfter: manifest.notAfter });
  const state = { root, revocations, trustedAt };
  return ok({ organisation: organisation.document, technician: technician.document, state });
}

/** The newest root that the bundle proves: each version signed by enough keys of the one before it, and of its own. */
function rotatedRoot(
  pinned: Root,
  file: (path: string) => Uint8Array | undefined,
  checks: BundleChecks,
): Result<Root, Problem> {
  let root = pinned;
  for (;;) {
    const path = trustPaths.root(root.version + 1);
    const bytes = file(path);
    if (bytes === undefined) return ok(root);
    const next = readEnveloped(rootKind, bytes);
    if (
      next === undefined ||
      next.document.version !== root.version + 1 ||
      signersAmong(root.keys, next.envelope, checks) < root.threshold ||
      signersAmong(next.document.keys, next.envelope, checks) < next.document.threshold
    )
      return refused({ code: "trust.chainBroken", document: path });
    root = next.document;
  }
}

function beyondScope(link: Delegation, site: string, components: readonly string[]): string | undefined {
  if (!link.sites.includes("*") && !link.sites.includes(site)) return site;
  return components.map((one) => `apply:${one}`).find((action) => !link.actions.includes(action));
}

function missingOrBroken(
  file: (path: string) => Uint8Array | undefined,
  document: string,
): Result<never, Problem> {
  const code = file(document) === undefined ? "trust.chainMissing" : "trust.chainBroken";
  return refused({ code, document });
}
