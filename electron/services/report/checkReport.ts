import type { CallOutput } from "#contract/contract.ts";
import { problemView } from "#contract/failure.ts";
import { readPage, reportHtml } from "#contract/report/reportHtml.ts";
import { statementBytes } from "#domain/acceptance/statement.ts";
import { fromBase64 } from "#domain/bundle/base64.ts";
import { type Problem, ProblemError } from "#domain/problem.ts";
import type { Report } from "#domain/report/report.ts";
import { readReport, type SignedReport } from "#domain/report/signedReport.ts";
import { utf8Text } from "#domain/utf8.ts";
import type { World } from "../world.ts";
import { type ChainGiven, checkChain } from "./checkChain.ts";

type Check = CallOutput<"report.check">;

export interface ReportGiven extends ChainGiven {
  readonly report: Uint8Array;
  readonly evidence: Uint8Array | undefined;
}

/** What is checked needs neither the site nor a network: hashes, signatures, and pages that can be drawn again. */
export type CheckingWorld = Pick<World, "crypto" | "journals" | "qrCodes">;

const nothingRead: Check = {
  good: false,
  site: "",
  madeAt: 0,
  verdict: "bad",
  grade: "notHeld",
  digest: "",
  signers: [],
  signatures: [],
  evidenceLines: null,
  laterLines: 0,
  bundle: "notGiven",
  receipt: null,
  trusted: "",
  problems: [],
};

/** Checks a report from anybody, offline: its bytes, its signatures, the evidence under it, the chain it closes. */
export function checkReport(world: CheckingWorld, given: ReportGiven): Check {
  const problems: Problem[] = [];
  const signed = readSigned(world, given.report);
  if (!("report" in signed)) return { ...nothingRead, problems: [problemView(signed)] };
  const { report, digest, signers } = signed;
  const page = utf8Text(given.report) ?? "";
  if (isPage(given.report) && !isDrawnSo(world, page, signed)) problems.push({ code: "report.pageChanged" });
  problems.push(...statementProblems(world, report));
  const evidence = checkEvidence(world, report, given.evidence);
  problems.push(...evidence.problems);
  const chain = checkChain(world, signed, given);
  problems.push(...chain.problems);
  return {
    good: problems.length === 0,
    site: report.site.name,
    madeAt: report.madeAt,
    verdict: report.verdict,
    grade: report.standing.grade,
    digest,
    signers: [...signers],
    signatures: report.acceptance.signatures.map(({ role, name, company, key }) => ({
      role,
      name,
      company,
      withKey: key !== "",
    })),
    evidenceLines: given.evidence === undefined ? null : report.evidence.lines,
    laterLines: evidence.laterLines,
    bundle: chain.bundle,
    receipt: chain.receipt,
    trusted: chain.trusted,
    problems: problems.map(problemView),
  };
}

function readSigned(world: CheckingWorld, bytes: Uint8Array): SignedReport | Problem {
  if (startsWith(bytes, "%PDF")) return { code: "report.isPicture" };
  const text = utf8Text(bytes);
  const json = text !== undefined && isPage(bytes) ? readPage(text)?.json : text;
  if (json === undefined) return { code: "report.malformed", reason: "notJson" };
  const read = readReport(json, world.crypto);
  return read.ok ? read.value : read.problem;
}

/** A page is good when drawing the report that it carries gives the same page again, byte for byte. */
function isDrawnSo(world: CheckingWorld, text: string, signed: SignedReport): boolean {
  const page = readPage(text);
  if (page === undefined) return false;
  const photos = new Map<string, Uint8Array>();
  for (const base64 of page.photos) {
    const bytes = fromBase64(base64);
    if (bytes === undefined) return false;
    photos.set(world.crypto.sha256(bytes), bytes);
  }
  const squares = world.qrCodes.squares(signed.digest);
  return reportHtml(signed, { language: page.language, squares, photos }) === text;
}

function statementProblems(world: CheckingWorld, { site, acceptance }: Report): readonly Problem[] {
  return acceptance.signatures.flatMap(({ key, signature, ...said }) => {
    if (key === "") return [];
    const bytes = fromBase64(signature);
    const isGood =
      bytes !== undefined && world.crypto.verify(key, statementBytes({ ...said, site: site.id }), bytes);
    return isGood ? [] : [{ code: "report.statementInvalid", name: said.name } as const];
  });
}

function checkEvidence(
  world: CheckingWorld,
  { evidence, acceptance }: Report,
  bytes: Uint8Array | undefined,
): { readonly problems: readonly Problem[]; readonly laterLines: number } {
  if (bytes === undefined) return { problems: [], laterLines: 0 };
  const { lines, head } = evidence;
  const found = world.journals.inspect(bytes, lines);
  const laterLines = Math.max(0, found.lines - lines);
  const fail = (problem: Problem) => ({ problems: [problem], laterLines });
  if (found.brokenAtLine !== undefined)
    return fail({ code: "report.evidenceBroken", line: found.brokenAtLine });
  if (found.lines < lines) return fail({ code: "report.evidenceShort", lines, found: found.lines });
  if (found.tornBytes > 0) return fail({ code: "report.evidenceBroken", line: found.lines + 1 });
  if (found.headThere !== head) return fail({ code: "report.evidenceDiffers", lines });
  const wrong = acceptance.signatures.find(
    (one) => world.journals.inspect(bytes, one.lines).headThere !== one.head,
  );
  return wrong === undefined
    ? { problems: [], laterLines }
    : fail({ code: "report.statementInvalid", name: wrong.name });
}

function isPage(bytes: Uint8Array): boolean {
  return startsWith(bytes, "<!doctype html>");
}

function startsWith(bytes: Uint8Array, text: string): boolean {
  return [...text].every((letter, index) => bytes[index] === letter.charCodeAt(0));
}

/** The bytes of an upload that came as base64. */
export function bytesOf(base64: string): Uint8Array {
  const bytes = fromBase64(base64);
  if (bytes === undefined) throw new ProblemError({ code: "input.invalid", reason: "base64" });
  return bytes;
}
