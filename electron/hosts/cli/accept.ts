import type { AcceptanceView } from "#contract/acceptanceViews.ts";
import type { CallInput } from "#contract/contract.ts";
import { en } from "#contract/report/words/en.ts";
import { zh } from "#contract/report/words/zh.ts";
import { actSchema, roles } from "#domain/acceptance/act.ts";
import { itemsOf } from "#domain/acceptance/checklist.ts";
import { ProblemError } from "#domain/problem.ts";
import { handIn, openSite, type Session, withSession } from "./session.ts";
import { type Call, done, type Outcome, type Verb } from "./verb.ts";

/** The acceptance test of a site, act by act; each is evidence when the call has ended. */
export const accept: Verb = {
  usage:
    "accept SITE | accept SITE plan CHECKLIST… | accept SITE ok|nok|na ITEM [--note N] [--photo FILE] | accept SITE defect --says S --severity major|minor [--owner O] [--due DAY] | accept SITE assign NUMBER --severity S --owner O [--due DAY] | accept SITE close NUMBER --note N | accept SITE force TAG --value V [--before B] | accept SITE release TAG --found V | accept SITE point TAG --result pass|fail|na|deferred [--expected V] [--shown V] [--tolerance T] [--instrument I] [--calibrated DAY] [--note N] | accept SITE sign tester|witness --name N [--company C] | accept SITE reopen --reason R   [--by NAME]",
  options: Object.fromEntries(
    "note photo says severity owner due value before found result expected shown tolerance instrument calibrated name company reason by"
      .split(" ")
      .map((name) => [name, { type: "string" as const }]),
  ),
  run: (call) =>
    withSession(call, {}, async (session) => {
      const [site, action, ...words] = call.words;
      await openSite(session, site);
      if (action !== undefined) await act(session, call, action, words);
      const { document, good } = show(session, call);
      // What was recorded is recorded, whatever is still left to do; a look alone ends with the verdict.
      return done(document, action !== undefined || good);
    }),
};

async function act(session: Session, call: Call, action: string, words: readonly string[]): Promise<void> {
  const option = (name: string) => {
    const value = call.options[name];
    return typeof value === "string" ? value : "";
  };
  const [subject = ""] = words;
  if (action === "plan") {
    await session.call("acceptance.plan", { checklists: [...words] });
    return;
  }
  if (action === "sign") {
    const role = roles.find((one) => one === subject);
    if (role === undefined) throw usageProblem();
    await session.call("acceptance.sign", { role, name: option("name"), company: option("company") });
    return;
  }
  const by = option("by") || (session.open.workbench.tables.site.get("site")?.head.engineer ?? "");
  const made = actOf(action, subject, option);
  const photos = await photosOf(session, call);
  const read = actSchema.safeParse({ by, ...made, ...("photos" in made && { photos }) });
  if (!read.success) throw usageProblem();
  await session.call("acceptance.record", { act: read.data } as CallInput<"acceptance.record">);
}

function actOf(action: string, subject: string, option: (name: string) => string): object {
  const note = option("note");
  const owned = { severity: option("severity"), owner: option("owner"), due: option("due") };
  switch (action) {
    case "ok":
    case "nok":
    case "na":
      return { act: "check", item: subject, result: action, note, photos: [] };
    case "defect":
      return { act: "defect", says: option("says"), ...owned, photos: [] };
    case "assign":
      return { act: "assign", defect: Number(subject), ...owned };
    case "close":
      return { act: "close", defect: Number(subject), note, photos: [] };
    case "force":
      return { act: "force", tag: subject, value: option("value"), before: option("before") };
    case "release":
      return { act: "release", tag: subject, found: option("found") };
    case "reopen":
      return { act: "reopen", reason: option("reason") };
    case "point":
      return { act: "point", tag: subject, test: pointTest(option), note, photos: [] };
    default:
      throw usageProblem();
  }
}

function pointTest(option: (name: string) => string): object {
  const instrument = option("instrument");
  const kind = instrument === "" ? "none" : "reference";
  return {
    result: option("result"),
    stimulus: { kind, applied: "", instrument, calibratedOn: option("calibrated") },
    expected: option("expected"),
    tolerance: option("tolerance"),
    shown: option("shown"),
    alarms: [],
    write: null,
  };
}

async function photosOf(session: Session, call: Call): Promise<readonly string[]> {
  const { photo } = call.options;
  if (typeof photo !== "string") return [];
  const { sha256 } = await session.call("acceptance.photo", {
    uploadId: await handIn(session, photo, "photo"),
  });
  return [sha256];
}

/** Where the test stands: every item with its last answer, the open punch list, the grade. */
function show(session: Session, call: Call): Outcome {
  const view = session.open.workbench.tables.acceptance.get("acceptance");
  if (view === undefined) throw new ProblemError({ code: "site.none" });
  const { language } = call.terminal;
  const words = { en, zh }[language];
  const { state, standing } = view;
  const items = itemsOf(state.checklists as AcceptanceView["state"]["checklists"] as never);
  call.terminal.table(
    [words.result, words.severity, words.items, words.what],
    items.map(({ key, severity, says }) => {
      const last = state.checks[key]?.at(-1);
      return [words.results[last?.result ?? "left"], words.severities[severity], key, says[language]];
    }),
  );
  for (const { number, says, severity, owner, due, closed, about } of state.defects) {
    if (closed !== null) continue;
    const what = about.kind === "item" ? about.item : about.kind === "tag" ? about.tag : "";
    const told = [what, says, words.severities[severity], owner || words.nobody, due];
    call.terminal.line(`${number}. ${told.filter((text) => text !== "").join(" · ")}`);
  }
  for (const { role, name, company } of state.signatures)
    call.terminal.line([words.roles[role], name, company].filter((text) => text !== "").join(" "));
  const grade = standing.grade === "notHeld" ? words.gradeSays.notHeld : words.grades[standing.grade];
  call.terminal.line(
    [grade, ...standing.reasons.map(({ reason, count }) => words.reasons[reason](count))].join(" · "),
  );
  return done(view, standing.good);
}

function usageProblem(): ProblemError {
  return new ProblemError({ code: "usage", reason: accept.usage });
}
