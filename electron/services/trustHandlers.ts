import { problemView } from "#contract/failure.ts";
import type { Workbench } from "#contract/server.ts";
import type { TrustView } from "#contract/trustViews.ts";
import { fromBase64 } from "#domain/bundle/base64.ts";
import { slugOf } from "#domain/site/fileName.ts";
import { type Delegation, delegationKind, readEnveloped, revocationsKind } from "#domain/trust/documents.ts";
import { printedFingerprint, spokenFingerprint } from "#domain/trust/fingerprint.ts";
import { judgeKept } from "#domain/trust/judgeKept.ts";
import { trustPaths } from "#domain/trust/judgeTrust.ts";
import type { Parts } from "./parts.ts";
import {
  delegate,
  fingerprintOf,
  keptDocuments,
  keyOfRole,
  knownGateway,
  makeKey,
  makeRoot,
  newestRoot,
  revoke,
  rotateRoot,
  signAlso,
  takeDocument,
} from "./trustDesk.ts";

/** The calls about keys, and the documents that let them act. */
export function trustHandlers({
  world,
  desk,
  files,
}: Parts): Pick<Workbench["handlers"], Extract<keyof Workbench["handlers"], `trust.${string}`>> {
  const printed = (key: string) => printedFingerprint(fingerprintOf(world, key));
  const document = (name: string, bytes: Uint8Array) => files.offer(`${name}.dsse`, bytes);
  const uploaded = (id: string) => fromBase64(files.take(id)) ?? new Uint8Array();

  function linkView(link: Delegation | undefined) {
    if (link === undefined) return null;
    const { name, key, sites, actions, notAfter } = link;
    return { name, printed: printed(key), sites: [...sites], actions: [...actions], notAfter };
  }

  async function show(): Promise<TrustView> {
    const known = await Promise.all(
      (["technician", "organisation", "root"] as const).map(async (role) => {
        const key = await keyOfRole(world, role);
        if (key === undefined) return [];
        return [
          {
            role,
            publicKey: key,
            printed: printed(key),
            spoken: spokenFingerprint(fingerprintOf(world, key)),
          },
        ];
      }),
    );
    const keys = known.flat();
    const kept = await keptDocuments(world);
    const bytesAt = (path: string) => kept.find((one) => one.path === path)?.bytes;
    const root = newestRoot(kept)?.document;
    const organisation = readEnveloped(delegationKind, bytesAt(trustPaths.organisation))?.document;
    const technician = readEnveloped(delegationKind, bytesAt(trustPaths.technician))?.document;
    const list = readEnveloped(revocationsKind, bytesAt(trustPaths.revocations))?.document.keys ?? [];
    const revoked = [...list, ...(root?.revoked ?? [])];
    const own = keys.find(({ role }) => role === "technician")?.publicKey ?? "";
    const isOpen = desk.path !== undefined;
    const now = new Date(world.clock.now()).toISOString();
    const site = isOpen ? desk.site().id : undefined;
    const { identity } = knownGateway(isOpen ? desk.evidence() : []);
    return {
      keys,
      lasting: world.secrets.lasting,
      root: root
        ? { owner: root.owner, version: root.version, threshold: root.threshold, keys: root.keys.length }
        : null,
      organisation: linkView(organisation),
      technician: linkView(technician),
      revoked: revoked.length,
      problems: judgeKept({ organisation, technician, revoked }, own, site, now).map(problemView),
      gateway:
        identity.serial === undefined
          ? null
          : {
              serial: identity.serial,
              printed: printedFingerprint(identity.keyFingerprint ?? ""),
              sealed: identity.sealKey !== undefined,
            },
    };
  }

  return {
    "trust.show": show,
    "trust.makeKey": async ({ role }) => {
      await makeKey(world, role);
      return show();
    },
    "trust.take": async ({ uploadId }) => {
      await takeDocument(world, uploaded(uploadId));
      return show();
    },
    "trust.makeRoot": async ({ owner, threshold, keys }) =>
      document(`${slugOf(owner)}-root-1`, await makeRoot(world, owner, threshold, keys)),
    "trust.sign": async ({ uploadId }) => document("signed", await signAlso(world, uploaded(uploadId))),
    "trust.rotate": async ({ uploadId, ...change }) =>
      document("root-next", await rotateRoot(world, uploaded(uploadId), change)),
    "trust.delegate": async ({ until, ...given }) =>
      document(
        `${given.role}-${slugOf(given.name)}`,
        await delegate(world, { ...given, notAfter: `${until}T23:59:59.999Z` }),
      ),
    "trust.revoke": async ({ uploadId, keys }) =>
      document("revocations", await revoke(world, uploadId === null ? undefined : uploaded(uploadId), keys)),
  };
}
