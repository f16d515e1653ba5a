import type { CallOutput } from "#contract/contract.ts";
import { type OpenedBundle, openBundle } from "#domain/bundle/bundle.ts";
import type { Problem } from "#domain/problem.ts";
import type { Report } from "#domain/report/report.ts";
import type { SignedReport } from "#domain/report/signedReport.ts";
import type { Receipt } from "#domain/trust/documents.ts";
import { judgeTrust } from "#domain/trust/judgeTrust.ts";
import { checkReceipt } from "#domain/trust/receipt.ts";
import { receiptView } from "../receiptView.ts";
import { readRoot } from "../trustDesk.ts";
import type { World } from "../world.ts";

/** What was handed over with a report. */
export interface ChainGiven {
  readonly bundle: Uint8Array | undefined;
  readonly receipt: Uint8Array | undefined;
  readonly root: Uint8Array | undefined;
}

type Check = Pick<CallOutput<"report.check">, "bundle" | "receipt" | "trusted"> & {
  readonly problems: readonly Problem[];
};

/**
 * Follows bundle → receipt → report: the bundle is whole and the one that the report names, the receipt is about it
 * and the one that the report tells of, and one technician, whom the owner trusts, signed bundle and report.
 */
export function checkChain(
  { crypto }: Pick<World, "crypto">,
  { report, signers }: SignedReport,
  given: ChainGiven,
): Check {
  if (given.bundle === undefined) return { bundle: "notGiven", receipt: null, trusted: "", problems: [] };
  const opened = openBundle(given.bundle, crypto);
  if (!opened.ok) return { bundle: "wrong", receipt: null, trusted: "", problems: opened.problem };
  const bundle = opened.value;
  const problems: Problem[] = [];
  if (report.configuration.bundle?.digest !== bundle.digest) problems.push({ code: "report.otherBundle" });
  const told = given.receipt && receiptOf(crypto, bundle, given.receipt);
  if (told !== undefined) {
    if (!told.ok) problems.push(told.problem);
    else if (!isTold(report, told.value)) problems.push({ code: "report.otherReceipt" });
  }
  const trusted = given.root && trustOf(crypto, bundle, given.root, report.madeAt);
  if (trusted?.ok === false) problems.push(trusted.problem);
  if (!signers.includes(bundle.issuer)) {
    const name = trusted?.ok ? trusted.value.technician.name : "";
    problems.push({ code: "report.signerUnknown", name });
  }
  return {
    bundle: problems.some(({ code }) => code === "report.otherBundle") ? "wrong" : "fits",
    receipt: told?.ok ? receiptView(told.value) : null,
    trusted: trusted?.ok ? trusted.value.technician.name : "",
    problems,
  };
}

function receiptOf(crypto: World["crypto"], bundle: OpenedBundle, bytes: Uint8Array) {
  const { digest, issuer, manifest } = bundle;
  const wanted = { digest, seq: manifest.seq, issuer, keyFingerprint: manifest.gateway.keyFingerprint };
  return checkReceipt(bytes, wanted, crypto);
}

/** A report is kept for years: who signed it must have been trusted when it was made. */
function trustOf(crypto: World["crypto"], bundle: OpenedBundle, root: Uint8Array, madeAt: number) {
  const trustedAt = new Date(madeAt).toISOString();
  return judgeTrust(
    bundle,
    { root: readRoot(root), revocations: { version: 0, keys: [] }, trustedAt },
    crypto,
  );
}

function isTold({ configuration }: Report, receipt: Receipt): boolean {
  const told = configuration.receipt;
  return (
    told !== null &&
    told.bundle === receipt.bundle &&
    told.counter === receipt.counter &&
    told.outcome === receipt.outcome &&
    told.configAfter === receipt.configAfter
  );
}
