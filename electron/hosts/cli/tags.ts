import { problemView } from "#contract/failure.ts";
import type { FailureView } from "#contract/views.ts";
import { lintSite } from "#domain/gateway/lint.ts";
import { ProblemError } from "#domain/problem.ts";
import type { Site } from "#domain/site/site.ts";
import { openSite, readInput, type Session, withSession, writeOutput } from "./session.ts";
import { type Call, done, type Outcome, type Verb } from "./verb.ts";

export const tags: Verb = {
  usage:
    "tags import FILE --site S [--line NAME] [--partial] | tags export --site S [-o FILE] | tags check --site S",
  options: {
    site: { type: "string" },
    line: { type: "string" },
    partial: { type: "boolean" },
    output: { type: "string", short: "o" },
  },
  run(call) {
    const [action, file] = call.words;
    const { site } = call.options;
    return withSession(call, {}, async (session) => {
      await openSite(session, typeof site === "string" ? site : undefined);
      if (action === "import") return importTable(session, call, file);
      if (action === "export") return exportTable(session, call);
      if (action === "check") return check(session, call);
      throw new ProblemError({ code: "usage", reason: tags.usage });
    });
  },
};

/** Takes nothing while a row is wrong, unless `--partial` asks for the good rows alone. */
async function importTable(session: Session, call: Call, file: string | undefined): Promise<Outcome> {
  const text = (await readInput(file)).toString("utf8");
  const lines = session.open.workbench.tables.site.get("site")?.head.lines ?? [];
  const asked = call.options.line;
  const line = asked === undefined ? lines[0] : lines.find((one) => one.name === asked || one.id === asked);
  if (!line) throw new ProblemError({ code: "line.unknown", line: String(asked ?? "") });
  for (let start = 0; start < text.length; start += 500_000) {
    await session.call("upload.append", { id: "table", text: text.slice(start, start + 500_000) });
  }
  const preview = await session.call("tags.preview", { uploadId: "table", line: line.id });
  if (call.options.partial) showProblems(preview.problems, call);
  const { added, changed, same, problems } = preview;
  const take = preview.good > 0 && (problems.length === 0 || call.options.partial === true);
  const taken = take ? (await session.call("tags.import", { importId: preview.importId })).taken : 0;
  call.terminal.line(
    `${taken} of ${preview.rows} rows taken · ${added} new, ${changed} changed, ${same} same`,
  );
  if (problems.length > 0 && !call.options.partial) throw new ProblemError(...problems.map(asProblem));
  return done({ ...preview, taken });
}

async function exportTable(session: Session, call: Call): Promise<Outcome> {
  const { download, name } = await session.call("tags.export", {});
  const text = await readDownload(session, download);
  const { output } = call.options;
  if (typeof output === "string") await writeOutput(output, text);
  else call.terminal.line(text.toString("utf8").trimEnd());
  return done({ name, file: output ?? null });
}

async function check(session: Session, call: Call): Promise<Outcome> {
  const problems = lintSite(siteOf(session)).map(problemView);
  showProblems(problems, call);
  if (problems.length === 0) call.terminal.line("no problems");
  return done({ problems }, problems.length === 0);
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
  const head = tables.site.get("site")?.head;
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
