import type { CallOutput } from "#contract/contract.ts";
import { problemView } from "#contract/failure.ts";
import type { FailureView } from "#contract/views.ts";
import { lintSite } from "#domain/gateway/lint.ts";
import { ProblemError } from "#domain/problem.ts";
import type { Line, Site } from "#domain/site/site.ts";
import { exportFormats } from "#domain/tables/formats.ts";
import { openSite, readInput, type Session, withSession, writeOutput } from "./session.ts";
import { choiceOptions, choiceUsage, tagChoice } from "./tagChoice.ts";
import { type Call, done, type Outcome, type Verb } from "./verb.ts";

export const tags: Verb = {
  usage: `tags import FILE --site S [--line NAME] [--take-good] [--remove-missing] ${choiceUsage}
  tags export --site S [--format ${exportFormats.join("|")}] [--line NAME] [-o FILE]
  tags check FILE ${choiceUsage}
  tags check --site S`,
  options: {
    ...choiceOptions,
    site: { type: "string" },
    line: { type: "string" },
    "take-good": { type: "boolean" },
    "remove-missing": { type: "boolean" },
    output: { type: "string", short: "o" },
  },
  run(call) {
    const [action, file] = call.words;
    const { site } = call.options;
    if (action === "check" && file !== undefined)
      return withSession(call, { temporary: true }, (session) => checkFile(session, call, file));
    return withSession(call, {}, async (session) => {
      await openSite(session, typeof site === "string" ? site : undefined);
      if (action === "import") return importTable(session, call, file);
      if (action === "export") return exportTable(session, call);
      if (action === "check") return check(session, call);
      throw new ProblemError({ code: "usage", reason: tags.usage });
    });
  },
};

type Preview = CallOutput<"tags.preview">;

/** Takes nothing while a row is wrong, unless `--take-good` asks for the good rows alone. */
async function importTable(session: Session, call: Call, file: string | undefined): Promise<Outcome> {
  const choice = tagChoice(call);
  const bytes = await readInput(file);
  const lines = linesOf(session);
  const line = chosenLine(call, lines) ?? lines[0];
  if (!line) throw new ProblemError({ code: "line.unknown", line: "" });
  const preview = await previewFile(session, bytes, line.id, choice);
  showReading(preview, call);
  const takesGood = call.options["take-good"] === true;
  if (takesGood) showProblems(preview.problems, call);
  const { added, changed, same, problems } = preview;
  const take = preview.good > 0 && (problems.length === 0 || takesGood);
  const removeMissing = call.options["remove-missing"] === true;
  const none = { taken: 0, removed: 0 };
  const outcome = take
    ? await session.call("tags.import", { importId: preview.importId, removeMissing })
    : none;
  call.terminal.line(
    `${outcome.taken} of ${preview.rows} rows taken · ${added} new, ${changed} changed, ${same} same` +
      (outcome.removed > 0 ? `, ${outcome.removed} removed` : ""),
  );
  if (preview.missing > 0 && !removeMissing)
    call.terminal.line(
      `${preview.missing} tags of the site are not in the file; --remove-missing removes them`,
    );
  if (problems.length > 0 && !takesGood) throw new ProblemError(...problems.map(asProblem));
  return done({ ...preview, ...outcome });
}

/** Hands the file's bytes in, whatever they are, and looks at them. */
async function previewFile(
  session: Session,
  bytes: Buffer,
  line: string,
  choice: ReturnType<typeof tagChoice>,
): Promise<Preview> {
  const text = bytes.toString("base64");
  await session.call("upload.append", { id: "table", text: "" });
  for (let start = 0; start < text.length; start += 500_000) {
    await session.call("upload.append", { id: "table", text: text.slice(start, start + 500_000) });
  }
  return session.call("tags.preview", { uploadId: "table", line, base64: true, choice });
}

/** What was understood: format, sheet, and which column was taken for what. */
function showReading({ format, encoding, sheet, header, addresses, notes }: Preview, call: Call): void {
  const parts = [format, encoding, sheet === "" ? "" : `sheet ${sheet}`].filter((part) => part !== "");
  call.terminal.line(parts.join(" · "));
  if (!header) return;
  const taken = header.columns.filter(({ column }) => column !== null);
  const unread = header.columns.filter(({ column, title }) => column === null && title.trim() !== "");
  call.terminal.line(
    `row ${header.row}: ${taken.map(({ column, title }) => `${column} = ${title.trim()}`).join(", ")}`,
  );
  if (unread.length > 0)
    call.terminal.line(`not read: ${unread.map(({ title }) => title.trim()).join(", ")}`);
  if (addresses.base !== null) call.terminal.line(`numbers count from ${addresses.base}`);
  if (notes > 0) call.terminal.line(`${notes} rows are titles or notes`);
}

async function exportTable(session: Session, call: Call): Promise<Outcome> {
  const format = exportFormats.find((known) => known === (call.options.format ?? "csv"));
  if (!format) throw new ProblemError({ code: "usage", reason: `--format ${exportFormats.join("|")}` });
  const line = chosenLine(call, linesOf(session));
  const made = await session.call("tags.export", { format, ...(line && { line: line.id }) });
  const bytes = await readDownload(session, made.download);
  const { output } = call.options;
  const isText = !made.name.endsWith(".xlsx");
  if (typeof output === "string") await writeOutput(output, bytes);
  else if (isText) call.terminal.line(bytes.toString("utf8").trimEnd());
  else throw new ProblemError({ code: "usage", reason: "needs -o FILE" });
  if (typeof output === "string") {
    call.terminal.line(`${made.tags} tags`);
    for (const { field, tags: count } of made.losses)
      call.terminal.line(`not carried: ${field} of ${count} ${count === 1 ? "tag" : "tags"}`);
    if (made.leftOut.length > 0) call.terminal.line(`left out: ${made.leftOut.join(", ")}`);
  }
  const { name, losses, leftOut } = made;
  return done({ name, file: output ?? null, tags: made.tags, losses, leftOut });
}

async function check(session: Session, call: Call): Promise<Outcome> {
  const problems = lintSite(siteOf(session)).map(problemView);
  showProblems(problems, call);
  if (problems.length === 0) call.terminal.line("no problems");
  return done({ problems }, problems.length === 0);
}

/** Reads a file as an import would, into no site. */
async function checkFile(session: Session, call: Call, file: string): Promise<Outcome> {
  const choice = tagChoice(call);
  const bytes = await readInput(file);
  const line = { id: "line1", name: "line 1", units: [], timeoutMs: 1000 };
  await session.call("site.create", { name: "check", path: [] });
  await session.call("site.edit", {
    edit: { kind: "putLine", line: { ...line, kind: "tcp", host: "127.0.0.1", port: 502 } },
  });
  const preview = await previewFile(session, bytes, line.id, choice);
  showReading(preview, call);
  showProblems(preview.problems, call);
  call.terminal.line(`${preview.good} of ${preview.rows} rows are good`);
  return done(preview, preview.problems.length === 0);
}

function linesOf(session: Session): readonly Line[] {
  return siteHead(session)?.lines ?? [];
}

function siteHead(session: Session) {
  return session.open.workbench.tables.site.get("site")?.head;
}

/** The line that was asked for by name or id; undefined when none was. */
function chosenLine({ options }: Call, lines: readonly Line[]): Line | undefined {
  const asked = options.line;
  if (asked === undefined) return undefined;
  const line = lines.find((one) => one.name === asked || one.id === asked);
  if (!line) throw new ProblemError({ code: "line.unknown", line: String(asked) });
  return line;
}

/** Every byte of a download. */
export async function readDownload(session: Session, id: string): Promise<Buffer> {
  const parts: Buffer[] = [];
  for (let offset = 0; ; ) {
    const { base64, next, done: last } = await session.call("download.read", { id, offset });
    parts.push(Buffer.from(base64, "base64"));
    if (last) return Buffer.concat(parts);
    offset = next;
  }
}

function siteOf(session: Session): Site {
  const { tables } = session.open.workbench;
  const head = siteHead(session);
  if (!head) throw new ProblemError({ code: "site.none" });
  const rows = [...tables.tags.items()].sort((a, b) => a.index - b.index);
  // The views are the same shapes with mutable arrays.
  return { ...head, tags: rows.map((view) => view.tag) } as unknown as Site;
}

function showProblems(problems: readonly FailureView[], call: Call): void {
  for (const problem of problems) call.terminal.failure(problem);
}

function asProblem(view: FailureView) {
  return { code: view.code, ...view.facts, ...(view.at && { at: view.at }) } as never;
}
