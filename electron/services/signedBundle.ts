import { openBundle, packBundle } from "#domain/bundle/bundle.ts";
import { healthChecksOf } from "#domain/bundle/healthChecks.ts";
import { type BundleFile, type Manifest, makeManifest } from "#domain/bundle/manifest.ts";
import type { NeuronConfig } from "#domain/gateway/neuronConfig.ts";
import { printConfig } from "#domain/gateway/printConfig.ts";
import { withoutSecrets } from "#domain/gateway/seal.ts";
import { ProblemError } from "#domain/problem.ts";
import type { Site } from "#domain/site/site.ts";
import { printSite } from "#domain/site/siteFile.ts";
import { utf8Bytes } from "#domain/utf8.ts";
import type { Technician } from "./trustDesk.ts";
import type { World } from "./world.ts";

/** The versions whose import was measured to do what is sent. */
const measuredVersions = { from: "2.8.0", below: "3.0.0" } as const;

type Head = Pick<Manifest, "bundleId" | "seq" | "prevDigest" | "expectsCurrentConfig" | "issuedAt">;

export interface SignedBundle {
  readonly bytes: Uint8Array;
  readonly manifest: Manifest;
  readonly digest: string;
}

/**
 * A site and its gateway's configuration, passwords sealed off, signed by the technician. The same input gives the
 * same bytes.
 *
 * @param gateway who it is for, where that is known
 * @param more    files that come after the site's and the configuration's
 */
export function signedBundle(
  { crypto }: Pick<World, "crypto">,
  { key, documents }: Technician,
  site: Site,
  config: NeuronConfig,
  gateway: Omit<Manifest["gateway"], "url">,
  head: Head,
  more: readonly BundleFile[] = [],
): SignedBundle {
  const files = [
    { path: "site.json", bytes: utf8Bytes(printSite(site)) },
    { path: "neuron.json", bytes: utf8Bytes(printConfig(withoutSecrets(config))) },
    ...more,
    ...documents,
  ];
  const whole = {
    ...head,
    site: { id: site.id, name: site.name },
    gateway: { url: site.gateway?.url ?? "", ...gateway },
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
  return { bytes, manifest, digest: opened.value.digest };
}
