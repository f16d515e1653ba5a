import { problemView } from "#contract/failure.ts";
import type { ProfileView } from "#contract/profileViews.ts";
import type { FailureView } from "#contract/views.ts";
import { type Problem, ProblemError } from "#domain/problem.ts";
import { readProfile } from "#domain/profile/readProfile.ts";
import { openSite, readInput, type Session, withSession } from "./session.ts";
import { type Call, done, type Outcome, type Verb } from "./verb.ts";

export const profiles: Verb = {
  usage:
    "profiles list | profiles show ID | profiles check FILE | profiles propose [--vendor V] [--product P] [--revision R] [--server-id TEXT] [--sunspec 1,103] | profiles tags ID --site S --unit N [--line NAME] [--group NAME] [--points a,b] [--exponents v_sf=-1]",
  options: {
    vendor: { type: "string" },
    product: { type: "string" },
    revision: { type: "string" },
    "server-id": { type: "string" },
    sunspec: { type: "string" },
    site: { type: "string" },
    line: { type: "string" },
    unit: { type: "string" },
    group: { type: "string" },
    points: { type: "string" },
    exponents: { type: "string" },
  },
  run(call) {
    const [action, what] = call.words;
    switch (action) {
      case "list":
        return withSession(call, {}, (session) => list(session, call));
      case "show":
        return withSession(call, {}, (session) => show(session, call, what));
      case "check":
        return check(call, what);
      case "propose":
        return withSession(call, {}, (session) => propose(session, call));
      case "tags":
        return withSession(call, {}, (session) => tags(session, call, what));
      default:
        throw new ProblemError({ code: "usage", reason: profiles.usage });
    }
  },
};

async function list(session: Session, call: Call): Promise<Outcome> {
  const found = await session.call("profiles.list", {});
  call.terminal.table(
    ["Profile", "Maker", "Model", "Kind", ">Points", "From"],
    found.profiles.map((one) => [
      one.id,
      one.vendor,
      one.model,
      one.kind,
      String(one.points.length),
      one.shipped ? "Lastmile" : "own",
    ]),
  );
  for (const problem of found.problems) call.terminal.failure(problem);
  return done(found, found.problems.length === 0);
}

async function show(session: Session, call: Call, id: string | undefined): Promise<Outcome> {
  const { profiles: all } = await session.call("profiles.list", {});
  const profile = all.find((one) => one.id === id);
  if (!profile) throw new ProblemError({ code: "profile.unknown", profile: id ?? "" });
  const { terminal } = call;
  const { language } = terminal;
  terminal.line(`${profile.vendor} ${profile.model}: ${profile.says[language]}`);
  terminal.table(
    ["Point", "Printed", ">Wire", "Area", "Type", "Unit", "Description"],
    profile.points.map((point) => [
      point.id,
      point.printed,
      String(point.offset),
      point.area,
      point.type,
      point.unit,
      point.says[language],
    ]),
  );
  for (const caution of profile.cautions) terminal.line(`! ${caution[language]}`);
  for (const source of profile.sources) terminal.line(sourceText(source));
  return done(profile);
}

function sourceText({ title, revision, place, url }: ProfileView["sources"][number]): string {
  return [title, revision, place, url].filter((part) => part !== "").join(" · ");
}

async function check(call: Call, file: string | undefined): Promise<Outcome> {
  const text = (await readInput(file)).toString("utf8");
  const read = readProfile(text, file ?? "");
  const problems: readonly Problem[] = read.ok ? [] : read.problem;
  const views = problems.map(problemView);
  for (const problem of views) call.terminal.failure(problem);
  if (read.ok) call.terminal.line(`good: ${read.value.id}, ${read.value.points.length} points`);
  return done({ file, problems: views }, read.ok);
}

async function propose(session: Session, call: Call): Promise<Outcome> {
  const text = (name: string) => {
    const value = call.options[name];
    return typeof value === "string" ? value : "";
  };
  const proposals = await session.call("profiles.propose", {
    seen: {
      vendor: text("vendor"),
      product: text("product"),
      revision: text("revision"),
      serial: "",
      serverId: text("server-id"),
      sunspecModels: listOf(text("sunspec")).map((one) => wholeOf("sunspec", one)),
    },
  });
  call.terminal.table(
    ["Profile", "Certainty", "Why"],
    proposals.map((one) => [one.profile, one.certainty, call.terminal.phrase(one.evidence as never)]),
  );
  if (proposals.length === 0) call.terminal.line("no profile fits");
  return done(proposals, proposals.length > 0);
}

async function tags(session: Session, call: Call, id: string | undefined): Promise<Outcome> {
  const { site, line, unit, group, points, exponents } = call.options;
  if (id === undefined || typeof unit !== "string")
    throw new ProblemError({ code: "usage", reason: profiles.usage });
  await openSite(session, typeof site === "string" ? site : undefined);
  const lines = session.open.workbench.tables.site.get("site")?.head.lines ?? [];
  const at = line === undefined ? lines[0] : lines.find((one) => one.name === line || one.id === line);
  if (!at) throw new ProblemError({ code: "line.unknown", line: String(line ?? "") });
  const number = wholeOf("unit", unit);
  if (number === 0) throw new ProblemError({ code: "unit.broadcast" });
  if (number < 0 || number > 247) throw new ProblemError({ code: "unit.outOfRange", unit: number });
  const made = await session.call("tags.fromProfile", {
    profile: id,
    line: at.id,
    unit: number,
    group: typeof group === "string" ? group : `unit${number}`,
    points: typeof points === "string" ? listOf(points) : null,
    language: call.terminal.language,
    exponents: typeof exponents === "string" ? exponentsOf(exponents) : {},
    take: true,
  });
  for (const problem of made.problems) call.terminal.failure(problem as FailureView);
  call.terminal.line(`${made.taken} tags taken, ${made.problems.length} left out`);
  return done(made, made.problems.length === 0);
}

function listOf(text: string): string[] {
  return text
    .split(",")
    .map((part) => part.trim())
    .filter((part) => part !== "");
}

function wholeOf(option: string, text: string): number {
  if (!/^-?\d{1,5}$/.test(text)) throw new ProblemError({ code: "usage", reason: `--${option} ${text}` });
  return Number(text);
}

function exponentsOf(text: string): Record<string, number> {
  return Object.fromEntries(
    listOf(text).map((part) => {
      const [name = "", value = ""] = part.split("=");
      return [name, wholeOf("exponents", value)];
    }),
  );
}
