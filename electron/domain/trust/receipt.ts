import type { BundleChecks } from "../bundle/bundle.ts";
import type { Problem } from "../problem.ts";
import { ok, type Result, refused } from "../result.ts";
import { type Receipt, readEnveloped, receiptKind, signersAmong } from "./documents.ts";
import { keyFingerprint } from "./fingerprint.ts";

/** The bundle that a receipt is expected to be about. */
export interface ReceiptedBundle {
  readonly digest: string;
  readonly seq: number;
  /** public key of the technician who signed it */
  readonly issuer: string;
  /** of the gateway's key, where the bundle named it */
  readonly keyFingerprint: string | undefined;
}

/**
 * Checks what is said to have become of a bundle: `receipt.invalid` where neither the gateway that the bundle was for
 * nor the technician who signed it, whichever the receipt names, signed it; `receipt.otherBundle` where it is about
 * another one.
 */
export function checkReceipt(
  bytes: Uint8Array,
  bundle: ReceiptedBundle,
  checks: BundleChecks,
): Result<Receipt, Problem> {
  const read = readEnveloped(receiptKind, bytes);
  if (read === undefined) return refused({ code: "receipt.invalid" });
  const { document: receipt, envelope } = read;
  const ofGateway = receipt.attestedBy === "gateway";
  const signer = ofGateway ? receipt.gateway.key : bundle.issuer;
  if (signersAmong([signer], envelope, checks) !== 1) return refused({ code: "receipt.invalid" });
  if (receipt.bundle !== bundle.digest || receipt.seq !== bundle.seq)
    return refused({ code: "receipt.otherBundle" });
  if (ofGateway && bundle.keyFingerprint !== keyFingerprint(receipt.gateway.key, checks))
    return refused({ code: "receipt.invalid" });
  return ok(receipt);
}
