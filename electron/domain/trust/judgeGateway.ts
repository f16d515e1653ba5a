import type { OpenedBundle } from "../bundle/bundle.ts";
import type { Problem } from "../problem.ts";
import { looksAlike } from "./looksAlike.ts";
import { isInRange } from "./versionRange.ts";

/** A bundle may leave out so many numbers, for those that were made and never used. */
export const largestSeqStep = 1000;

/** What a gateway knows of itself and of the bundles before. */
export interface GatewayState {
  readonly serial: string;
  /** SHA-256 of its public key */
  readonly keyFingerprint: string;
  readonly site: { readonly id: string; readonly name: string };
  /** of the bundle that it accepted last: 0 and empty before the first */
  readonly accepted: { readonly seq: number; readonly digest: string };
  /** digest of what runs there, where it was read */
  readonly config?: string;
  /** of Neuron, where it was asked */
  readonly version?: string;
}

/** Whether a bundle is for this gateway, and the next one. The first thing that is wrong, in the applier's order. */
export function judgeGateway(
  { manifest }: Pick<OpenedBundle, "manifest">,
  state: GatewayState,
): Problem | undefined {
  const { gateway, site, seq } = manifest;
  const { accepted } = state;
  if (gateway.serial !== state.serial || gateway.keyFingerprint !== state.keyFingerprint)
    return { code: "trust.otherGateway", wants: gateway.serial ?? "", is: state.serial };
  if (site.id !== state.site.id) return { code: "trust.otherSite", wants: site.id, is: state.site.id };
  if (site.name !== state.site.name) {
    const alike = looksAlike(site.name, state.site.name) ? "yes" : "no";
    return { code: "trust.siteNameDiffers", wants: site.name, is: state.site.name, alike };
  }
  if (seq <= accepted.seq) return { code: "trust.seqOld", seq, accepted: accepted.seq };
  if (seq > accepted.seq + largestSeqStep) return { code: "trust.seqJump", seq, accepted: accepted.seq };
  if (manifest.prevDigest !== accepted.digest) return { code: "trust.prevDiffers" };
  const { from, below } = manifest.compatible.neuron;
  if (state.version !== undefined && !isInRange(state.version, from, below))
    return { code: "bundle.incompatible", version: state.version, range: `${from} – ${below}` };
  const expected = manifest.expectsCurrentConfig;
  if (state.config !== undefined && expected !== "any" && expected !== state.config)
    return { code: "trust.configDiffers" };
  return undefined;
}
