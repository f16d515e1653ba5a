import type { BundleChecks, OpenedBundle } from "../bundle/bundle.ts";
import type { Problem } from "../problem.ts";
import { ok, type Result, refused } from "../result.ts";
import { type Receipt, readEnveloped, receiptKind, signersAmong } from "./documents.ts";
import { keyFingerprint } from "./fingerprint.ts";

/**
 * Checks what a gateway says became of a bundle: `receipt.invalid` where the gateway that the bundle was for, or the
 * technician who signed the bundle, did not sign it; `receipt.otherBundle` where it is about another one.
 */
export function checkReceipt(
  bytes: Uint8Array,
  bundle: OpenedBundle,
  checks: BundleChecks,
): Result<Receipt, Problem> {
  const read = readEnveloped(receiptKind, bytes);
  if (read === undefined) return refused({ code: "receipt.invalid" });
  const { document: receipt, envelope } = read;
  const ofGateway = receipt.attestedBy === "gateway";
  const signer = ofGateway ? receipt.gateway.key : bundle.issuer;
  if (signersAmong([signer], envelope, checks) !== 1) return refused({ code: "receipt.invalid" });
  if (receipt.bundle !== bundle.digest || receipt.seq !== bundle.manifest.seq)
    return refused({ code: "receipt.otherBundle" });
  const { keyFingerprint: wanted } = bundle.manifest.gateway;
  if (ofGateway && wanted !== keyFingerprint(receipt.gateway.key, checks))
    return refused({ code: "receipt.invalid" });
  return ok(receipt);
}
