import { openBundle, packBundle } from "#domain/bundle/bundle.ts";
import { healthChecksOf } from "#domain/bundle/healthChecks.ts";
import { type BundleFile, type Manifest, makeManifest } from "#domain/bundle/manifest.ts";
import { programFiles } from "#domain/bundle/programFiles.ts";
import type { NeuronConfig } from "#domain/gateway/neuronConfig.ts";
import { printConfig } from "#domain/gateway/printConfig.ts";
import { apartFromSecrets } from "#domain/gateway/seal.ts";
import { ProblemError } from "#domain/problem.ts";
import type { Site } from "#domain/site/site.ts";
import { printSite } from "#domain/site/siteFile.ts";
import { utf8Bytes } from "#domain/utf8.ts";
import type { Technician } from "./trustDesk.ts";
import type { World } from "./world.ts";

/** The versions whose import was measured to do what is sent. */
const measuredVersions = { from: "2.8.0", below: "3.0.0" } as const;

type Head = Pick<Manifest, "bundleId" | "seq" | "prevDigest" | "expectsCurrentConfig" | "issuedAt">;

export type BundleGateway = Omit<Manifest["gateway"], "url"> & {
  /** X25519, base64: what is for it alone is sealed to it */
  readonly sealKey?: string;
};

export interface SignedBundle {
  readonly bytes: Uint8Array;
  readonly manifest: Manifest;
  readonly digest: string;
  /** what became of passwords and keys: there are none, they are sealed to the gateway, or they stay behind */
  readonly secrets: "none" | "sealed" | "left";
}

/** Age's first chunk: what opens it on a gateway reads no further. */
const mostSecretBytes = 65_536;

/**
 * A site and its gateway's configuration, signed by the technician. Its passwords and keys travel apart from it, in
 * `secrets.age`, which only the gateway can open; where the gateway's key is not known they stay behind. Without
 * secrets the same input gives the same bytes.
 *
 * @param gateway who it is for, where that is known
 * @param more    files that come after the site's and the configuration's
 */
export async function signedBundle(
  { crypto }: Pick<World, "crypto">,
  { key, documents }: Technician,
  site: Site,
  config: NeuronConfig,
  gateway: BundleGateway,
  head: Head,
  more: readonly BundleFile[] = [],
): Promise<SignedBundle> {
  const { text, secrets } = apartFromSecrets(config, printConfig);
  const { sealKey, ...identity } = gateway;
  const isSealed = sealKey !== undefined && secrets.length > 0;
  const clear = utf8Bytes(secrets.map((secret) => `${secret}\n`).join(""));
  if (isSealed && clear.length > mostSecretBytes)
    throw new ProblemError({ code: "bundle.tooLarge", reason: `secrets of ${clear.length} bytes` });
  const programs = programFiles(site);
  if (!programs.ok) throw new ProblemError(...programs.problem);
  const files = [
    { path: "site.json", bytes: utf8Bytes(printSite(site)) },
    { path: "neuron.json", bytes: utf8Bytes(text) },
    ...(isSealed ? [{ path: "secrets.age", bytes: await crypto.seal(sealKey, clear) }] : []),
    ...programs.value,
    ...more,
    ...documents,
  ];
  const whole = {
    ...head,
    site: { id: site.id, name: site.name },
    gateway: { url: site.gateway?.url ?? "", ...identity },
    compatible: { neuron: measuredVersions },
    components: ["neuron"],
    healthChecks: healthChecksOf(config),
    issuer: key.publicKey,
  } as const;
  const manifest = makeManifest(whole, files, crypto.sha256);
  const bytes = packBundle(files, manifest, (payload) => crypto.sign(key.privateKey, payload));
  // Nothing leaves that would not be let in.
  const opened = openBundle(bytes, crypto);
  if (!opened.ok) throw new ProblemError(...opened.problem);
  const left = secrets.length > 0 ? "left" : "none";
  return { bytes, manifest, digest: opened.value.digest, secrets: isSealed ? "sealed" : left };
}
