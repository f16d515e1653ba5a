import type { CallInput, CallOutput } from "#contract/contract.ts";
import { fromBase64 } from "#domain/bundle/base64.ts";
import { preAuthEncoding } from "#domain/bundle/dsse.ts";
import { ProblemError } from "#domain/problem.ts";
import { utf8Bytes } from "#domain/utf8.ts";
import type { SiteDesk } from "./siteDesk.ts";
import { fingerprintOf } from "./trustDesk.ts";
import type { World } from "./world.ts";

/** What the gateway's key signs to say which key secrets are sealed to. */
const sealKeyType = "application/vnd.lastmile.seal-key";

/**
 * Notes which gateway the site is for, as the applier told it: bundles are then for it alone.
 *
 * @throws ProblemError trust.sealUnproved where the second key is not vouched for by the first
 */
export async function pairGateway(
  world: World,
  desk: SiteDesk,
  { serial, key, sealKey, sealProof = "" }: CallInput<"gateway.pair">,
): Promise<CallOutput<"gateway.pair">> {
  desk.site();
  const keyFingerprint = fingerprintOf(world, key);
  if (sealKey !== undefined) {
    const signed = preAuthEncoding(sealKeyType, utf8Bytes(sealKey));
    if (!world.crypto.verify(key, signed, fromBase64(sealProof) ?? new Uint8Array()))
      throw new ProblemError({ code: "trust.sealUnproved" });
  }
  await desk.record("gateway.paired", {
    serial,
    key,
    keyFingerprint,
    ...(sealKey !== undefined && { sealKey }),
  });
  return { keyFingerprint };
}
