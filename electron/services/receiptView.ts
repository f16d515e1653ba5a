import type { CallOutput } from "#contract/contract.ts";
import type { Receipt } from "#domain/trust/documents.ts";

/** A receipt as people look at it. */
export function receiptView(receipt: Receipt): CallOutput<"bundle.receipt"> {
  const { outcome, because, seq, counter, gateway, at, clock, attestedBy } = receipt;
  return { outcome, because, seq, counter, serial: gateway.serial, at, clock, attestedBy };
}
