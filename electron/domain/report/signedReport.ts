import { z } from "zod";
import { fromBase64, toBase64 } from "../bundle/base64.ts";
import type { BundleChecks } from "../bundle/bundle.ts";
import { preAuthEncoding } from "../bundle/dsse.ts";
import { parsedJson } from "../parsedJson.ts";
import type { Problem } from "../problem.ts";
import { ok, type Result, refused } from "../result.ts";
import type { Signer } from "../trust/documents.ts";
import { utf8Bytes } from "../utf8.ts";
import { type Report, reportSchema } from "./report.ts";

const reportType = "application/vnd.lastmile.report+json";

const fileSchema = z.strictObject({
  payloadType: z.literal(reportType),
  report: reportSchema,
  signatures: z
    .array(z.strictObject({ keyid: z.string().max(255), sig: z.string().max(255) }))
    .max(16)
    .readonly(),
});

/** A report with who signed it: the public keys, in the order of signing. */
export interface SignedReport {
  readonly report: Report;
  /** SHA-256 of the report's bytes: names it */
  readonly digest: string;
  readonly signers: readonly string[];
  /** the machine-readable file, whole */
  readonly text: string;
}

/**
 * The bytes that are signed: the report alone as canonical JSON, the schema's key order, 2 spaces, a newline at the
 * end. They stand readable in the file, where a DSSE envelope would have them in base64.
 */
export function reportBytes(report: Report): Uint8Array {
  return utf8Bytes(`${JSON.stringify(reportSchema.parse(report), null, 2)}\n`);
}

/** Signs a report, each in the order given, over the same DSSE encoding as bundles. */
export function signReport(
  report: Report,
  signers: readonly Signer[],
  checks: Pick<BundleChecks, "sha256">,
): SignedReport {
  const bytes = reportBytes(report);
  const signed = preAuthEncoding(reportType, bytes);
  const signatures = signers.map(({ publicKey, sign }) => ({
    keyid: publicKey,
    sig: toBase64(sign(signed)),
  }));
  return {
    report,
    digest: checks.sha256(bytes),
    signers: signers.map(({ publicKey }) => publicKey),
    text: printed({ payloadType: reportType, report: reportSchema.parse(report), signatures }),
  };
}

/** Adds a signature to those that a report has; one by the same key is replaced. */
export function signReportAlso(signed: SignedReport, signer: Signer): string {
  const file = fileSchema.parse(JSON.parse(signed.text));
  const bytes = preAuthEncoding(reportType, reportBytes(file.report));
  const others = file.signatures.filter(({ keyid }) => keyid !== signer.publicKey);
  const sig = toBase64(signer.sign(bytes));
  return printed({ ...file, signatures: [...others, { keyid: signer.publicKey, sig }] });
}

/**
 * Reads a report and checks every signature on it. `report.malformed` for other bytes than printing its content
 * gives, so that no byte is there that nobody signed; `report.unsigned`; `report.signatureInvalid`.
 */
export function readReport(text: string, checks: BundleChecks): Result<SignedReport, Problem> {
  const read = fileSchema.safeParse(parsedJson(text));
  if (!read.success) {
    const [issue] = read.error.issues;
    const reason = `${issue?.path.map(String).join(".")}: ${issue?.message}`;
    return refused({ code: "report.malformed", reason });
  }
  if (printed(read.data) !== text) return refused({ code: "report.malformed", reason: "otherBytes" });
  const { report, signatures } = read.data;
  if (signatures.length === 0) return refused({ code: "report.unsigned" });
  const bytes = reportBytes(report);
  const signed = preAuthEncoding(reportType, bytes);
  const signers = signatures.map(({ keyid }) => keyid);
  const isGood = ({ keyid, sig }: (typeof signatures)[number]) => {
    const signature = fromBase64(sig);
    return signature !== undefined && toBase64(signature) === sig && checks.verify(keyid, signed, signature);
  };
  if (new Set(signers).size !== signers.length || !signatures.every(isGood))
    return refused({ code: "report.signatureInvalid" });
  return ok({ report, digest: checks.sha256(bytes), signers, text });
}

function printed(file: z.infer<typeof fileSchema>): string {
  return `${JSON.stringify(file, null, 2)}\n`;
}
