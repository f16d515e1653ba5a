import { resolve } from "node:path";
import { siteDifferences } from "#domain/clone/siteDifferences.ts";
import { ProblemError } from "#domain/problem.ts";
import type { Site } from "#domain/site/site.ts";
import { parseSite } from "#domain/site/siteFile.ts";
import { handIn, openSite, readInput, type Session, withSession } from "./session.ts";
import { type Call, done, type Outcome, type Verb } from "./verb.ts";

export const clone: Verb = {
  usage: "clone SITE --table SITES.csv -o FOLDER [--issued TIME] | clone diff SITE OTHER",
  options: {
    table: { type: "string" },
    issued: { type: "string" },
    output: { type: "string", short: "o" },
  },
  run(call) {
    const [first, one, other] = call.words;
    if (first === "diff") return difference(call, one, other);
    return withSession(call, {}, (session) => make(session, call, first));
  },
};

async function make(session: Session, call: Call, site: string | undefined): Promise<Outcome> {
  const { table, issued, output } = call.options;
  if (typeof table !== "string" || typeof output !== "string")
    throw new ProblemError({ code: "usage", reason: clone.usage });
  const issuedAt = issued === undefined ? undefined : timeOf(String(issued));
  await openSite(session, site);
  const folder = resolve(output);
  const uploadId = await handIn(session, table, "table");
  const job = await session.job(
    session.call("job.clone", { uploadId, folder, ...(issuedAt !== undefined && { issuedAt }) }),
  );
  if (job.detail.kind !== "clone") throw new Error(`a clone job shows ${job.detail.kind}`);
  const { sites } = job.detail;
  call.terminal.line(`${output}: ${sites} sites, each with its signed bundle; index.csv names them all`);
  return done({ folder, sites });
}

/** Good when the two are the same. */
async function difference(call: Call, one?: string, other?: string): Promise<Outcome> {
  const differences = siteDifferences(await siteIn(one), await siteIn(other));
  call.terminal.table(
    ["Field", "One", "Other"],
    differences.map(({ field, one, other }) => [field, one, other]),
  );
  return done({ differences }, differences.length === 0);
}

async function siteIn(path: string | undefined): Promise<Site> {
  const read = parseSite((await readInput(path)).toString("utf8"));
  if (!read.ok) throw new ProblemError(...read.problem);
  return read.value;
}

/** The start of a day in UTC, or a whole time. */
function timeOf(text: string): string {
  const time = new Date(text);
  if (Number.isNaN(time.getTime())) throw new ProblemError({ code: "usage", reason: `no time: ${text}` });
  return time.toISOString();
}
