import { existsSync, realpathSync } from "node:fs";
import { dirname, extname, join, resolve } from "node:path";
import { nodeCrypto } from "#adapters/crypto/nodeCrypto.ts";
import { evidencePath } from "#adapters/files/journal.ts";
import type { CallOutput } from "#contract/contract.ts";
import { en } from "#contract/report/words/en.ts";
import { zh } from "#contract/report/words/zh.ts";
import { ProblemError } from "#domain/problem.ts";
import { keyFingerprint, printedFingerprint } from "#domain/trust/fingerprint.ts";
import { addSignature } from "#services/report/addSignature.ts";
import { composeWorld, usualDataFolder } from "../compose.ts";
import { resourceFolder } from "./folders.ts";
import { handIn, openSite, readInput, type Session, withSession, writeOutput } from "./session.ts";
import { readDownload } from "./tags.ts";
import { type Call, done, type Outcome, type Verb } from "./verb.ts";

const crypto = nodeCrypto();
const forms = ["html", "pdf", "json"] as const;

/** The signed report of a site as a page, a PDF or data; and the check of one that somebody handed over. */
export const report: Verb = {
  usage:
    "report SITE -o FILE.html|.pdf|.json [--lang zh|en] | report check FILE [--evidence FILE] [--bundle FILE] [--receipt FILE] [--root FILE] | report sign FILE.json [-o FILE]",
  options: {
    output: { type: "string", short: "o" },
    evidence: { type: "string" },
    bundle: { type: "string" },
    receipt: { type: "string" },
    root: { type: "string" },
  },
  run(call) {
    const [first, file] = call.words;
    if (first === "check")
      return withSession(call, { temporary: true }, (session) => check(session, call, file));
    if (first === "sign") return sign(call, file);
    return withSession(call, {}, (session) => make(session, call, first));
  },
};

/** The file that was asked for, and beside it the report as data and the evidence that it rests on. */
async function make(session: Session, call: Call, site: string | undefined): Promise<Outcome> {
  const { output } = call.options;
  const form = typeof output === "string" ? forms.find((one) => extname(output) === `.${one}`) : undefined;
  if (typeof output !== "string" || form === undefined)
    throw new ProblemError({ code: "usage", reason: report.usage });
  await openSite(session, site);
  const { language } = call.terminal;
  const job = await session.job(session.call("job.report", { form, language }));
  if (job.detail.kind !== "report") throw new Error(`a report job shows ${job.detail.kind}`);
  const { files, digest, grade } = job.detail;
  const stem = output.slice(0, -extname(output).length);
  const own = evidencePath(session.open.workbench.tables.site.get("site")?.path ?? "");
  const written: string[] = [];
  for (const { form, download } of files) {
    const path = form === "evidence" ? `${stem}.evidence.jsonl` : `${stem}.${form}`;
    // Beside its site the evidence is there already, and goes on.
    if (form === "evidence" && isSamePlace(path, own)) continue;
    await writeOutput(path, await readDownload(session, download));
    written.push(path);
  }
  for (const path of written) call.terminal.line(path);
  call.terminal.line(`${gradeWords(call, grade, job.good)}, digest ${digest}`);
  return done({ files: written, digest, grade, good: job.good }, job.good);
}

async function check(session: Session, call: Call, file: string | undefined): Promise<Outcome> {
  if (file === undefined) throw new ProblemError({ code: "usage", reason: report.usage });
  const evidence = call.options.evidence ?? evidenceBeside(file);
  const given = {
    evidence,
    bundle: call.options.bundle,
    receipt: call.options.receipt,
    root: call.options.root,
  };
  const uploads: Record<string, string> = {};
  for (const [name, path] of Object.entries(given))
    if (typeof path === "string") uploads[`${name}Id`] = await handIn(session, path, name);
  const uploadId = await handIn(session, file, "report");
  const checked = await session.call("report.check", { uploadId, ...uploads });
  for (const problem of checked.problems) call.terminal.failure(problem);
  if (checked.good) for (const line of checkLines(call, checked)) call.terminal.line(line);
  return done(checked, checked.good);
}

function checkLines(call: Call, checked: CallOutput<"report.check">): readonly string[] {
  const { site, grade, verdict, digest, signers, signatures, evidenceLines, bundle, receipt, trusted } =
    checked;
  const at = new Date(checked.madeAt).toISOString().slice(0, 16).replace("T", " ");
  return [
    `good: ${site}, ${gradeWords(call, grade, verdict === "good")}, made ${at} UTC`,
    `digest ${digest}`,
    ...signers.map((key) => `signed by ${key} (${printedFingerprint(keyFingerprint(key, crypto))})`),
    ...signatures.map(
      ({ role, name, company, withKey }) =>
        `${role} ${name}${company && `, ${company}`}${withKey ? "" : ", without a key"}`,
    ),
    evidenceLines === null
      ? "evidence not checked: none was given"
      : `${evidenceLines} lines of evidence fit`,
    ...(bundle === "fits" ? ["the bundle fits"] : []),
    ...(receipt
      ? [`the receipt fits: bundle ${receipt.seq} ${receipt.outcome}, by the ${receipt.attestedBy}`]
      : []),
    ...(trusted ? [`trusted: ${trusted}`] : []),
  ];
}

/** A witness adds the key of their own computer. */
async function sign(call: Call, file: string | undefined): Promise<Outcome> {
  const dataFolder = usualDataFolder();
  const world = await composeWorld({ host: "cli", dataFolder, resourceFolder });
  const signed = await addSignature(world, await readInput(file));
  const output = typeof call.options.output === "string" ? call.options.output : (file ?? "");
  await writeOutput(output, signed.text);
  call.terminal.line(`${output}: ${printedFingerprint(keyFingerprint(signed.key, crypto))}`);
  return done({ file: output, key: signed.key, kept: world.secrets.lasting });
}

/** The evidence that was written with a report stands beside it under the same name. */
function evidenceBeside(file: string): string | undefined {
  const path = `${file.slice(0, file.length - extname(file).length)}.evidence.jsonl`;
  return existsSync(path) ? path : undefined;
}

function isSamePlace(one: string, other: string): boolean {
  const place = (path: string) =>
    join(realpathSync(dirname(resolve(path))), path.split(/[\\/]/).at(-1) ?? "");
  try {
    return place(one) === place(other);
  } catch {
    return false;
  }
}

function gradeWords(call: Call, grade: CallOutput<"report.check">["grade"], good: boolean): string {
  const { grades } = { en, zh }[call.terminal.language];
  return grade === "notHeld" ? grades.notHeld[good ? "good" : "bad"] : grades[grade];
}
