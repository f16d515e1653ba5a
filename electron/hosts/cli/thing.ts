import { ProblemError } from "#domain/problem.ts";
import { openSite, readInput, type Session, withSession, writeOutput } from "./session.ts";
import { readDownload } from "./tags.ts";
import { type Call, done, type Outcome, type Verb } from "./verb.ts";

export const thing: Verb = {
  usage:
    "thing export --site S -o FILE [--format model|td] | thing import FILE --site S [--line NAME] [--take]",
  options: {
    site: { type: "string" },
    output: { type: "string", short: "o" },
    format: { type: "string" },
    line: { type: "string" },
    take: { type: "boolean" },
  },
  run(call) {
    const [action, file] = call.words;
    if (action !== "export" && action !== "import")
      throw new ProblemError({ code: "usage", reason: thing.usage });
    return withSession(call, {}, async (session) => {
      const { site } = call.options;
      await openSite(session, typeof site === "string" ? site : undefined);
      return action === "export" ? exportThing(session, call) : importThing(session, call, file);
    });
  },
};

async function exportThing(session: Session, call: Call): Promise<Outcome> {
  const { output, format = "model" } = call.options;
  if (format !== "model" && format !== "td") throw new ProblemError({ code: "usage", reason: thing.usage });
  const { download, name } = await session.call("thing.export", { format });
  const text = await readDownload(session, download);
  if (typeof output === "string") await writeOutput(output, text);
  else call.terminal.line(text.toString("utf8").trimEnd());
  return done({ name, file: output ?? null, bytes: text.length });
}

/** Says how model and site fit; good when every property has its tag. */
async function importThing(session: Session, call: Call, file: string | undefined): Promise<Outcome> {
  const text = (await readInput(file)).toString("utf8");
  const lines = session.open.workbench.tables.site.get("site")?.head.lines ?? [];
  const asked = call.options.line;
  const line = asked === undefined ? lines[0] : lines.find((one) => one.name === asked || one.id === asked);
  if (!line) throw new ProblemError({ code: "line.unknown", line: String(asked ?? "") });
  for (let start = 0; start < text.length || start === 0; start += 500_000)
    await session.call("upload.append", { id: "thing", text: text.slice(start, start + 500_000) });
  const take = call.options.take === true;
  const read = await session.call("thing.import", { uploadId: "thing", line: line.id, take });
  for (const problem of read.problems) call.terminal.failure(problem);
  const { terminal } = call;
  terminal.line(
    `${read.title}: ${read.properties} properties, ${read.mapped} with a tag, ${read.unmapped.length} without`,
  );
  for (const name of read.unmapped.slice(0, 50)) terminal.line(`  no tag: ${name}`);
  for (const key of read.unused.slice(0, 50)) terminal.line(`  asked for by no property: ${key}`);
  if (take) terminal.line(`${read.taken} tags taken`);
  else if (read.mappable > 0)
    terminal.line(`${read.mappable} of them say where they are: --take adds their tags`);
  const left = read.unmapped.length - read.taken;
  return done(read, left === 0 && read.problems.length === 0);
}
