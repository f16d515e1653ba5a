import type { DrillDetail } from "#contract/drillViews.ts";
import type { DrillCause, DrillFacts, DrillOutcome } from "#domain/drill/model.ts";
import { type Phrase, phrase } from "#domain/phrase.ts";

type Outcome = NonNullable<DrillDetail["outcome"]>;
type Finding = Outcome["findings"][number];

/** What the drill found in words: losses by their cause first, then what else is worth knowing. */
export function outcomeView(
  outcome: DrillOutcome,
  facts: DrillFacts,
  around: {
    readonly unheard: readonly string[];
    readonly breaks: number;
    /** TLS hid the messages from the proxy */
    readonly opaque: boolean;
    readonly replayEveryMs: number | null;
  },
): Outcome {
  const sum = (of: (one: DrillOutcome["groups"][number]) => number | null) =>
    outcome.groups.reduce((all, one) => all + (of(one) ?? 0), 0);
  const findings: Finding[] = outcome.causes.map(({ cause, lost }) => ({
    says: phrase(`drillCause.${cause}`, { lost, ...factsOf(cause, outcome, facts) }),
    advice: phrase(`drillTry.${cause}`, factsOf(cause, outcome, facts)),
    lost,
  }));
  const note = (says: Phrase, advice: Phrase | null = null) => findings.push({ says, advice, lost: 0 });
  if (outcome.waitedMs !== null)
    note(phrase("drillNote.waited", { ms: outcome.waitedMs }), phrase("drillTry.waited"));
  if (outcome.held) note(phrase("drillNote.held"), phrase("drillTry.held"));
  const replaySeconds = replayTime(outcome, facts, around.replayEveryMs);
  if (replaySeconds !== null)
    note(phrase("drillNote.replaySlow", { perSecond: replaySeconds }), phrase("drillTry.replaySlow"));
  if (facts.cache?.on) note(cacheSpan(facts.cache.messages, outcome.perSecond));
  if (outcome.skipped > 0) note(phrase("drillNote.skipped", { count: outcome.skipped }));
  if (around.unheard.length > 0) note(phrase("drillNote.unheard", { groups: around.unheard.join(", ") }));
  if (around.breaks > 0) note(phrase("drillNote.ownLink", { breaks: around.breaks }));
  if (around.opaque) note(phrase("drillNote.opaque"));
  return {
    expected: sum((one) => one.expected),
    arrived: sum((one) => one.arrived),
    lost: sum((one) => one.lost),
    duplicated: sum((one) => one.duplicated),
    reordered: sum((one) => one.reordered),
    late: sum((one) => one.late),
    longestLateMs: Math.max(0, ...outcome.groups.map((one) => one.longestLateMs)),
    tags: outcome.tags.map(({ causes, ...tag }) => ({ ...tag, causes: causes.map((one) => ({ ...one })) })),
    findings,
  };
}

function factsOf(cause: DrillCause, outcome: DrillOutcome, facts: DrillFacts): Phrase["facts"] {
  if (cause !== "cacheSmall" || facts.cache === null || !facts.cache.on) return {};
  return { messages: facts.cache.messages, perSecond: tenth(outcome.perSecond) };
}

/** How long an outage the cache outlasts. */
function cacheSpan(messages: number, perSecond: number): Phrase {
  return phrase("drillNote.cacheSpan", { messages, ms: Math.round((messages / perSecond) * 1000) });
}

/** Messages a second, where the cache is emptied no faster than the site fills it: then it never catches up. */
function replayTime(outcome: DrillOutcome, facts: DrillFacts, everyMs: number | null): number | null {
  if (everyMs === null || !facts.cache?.on) return null;
  const perSecond = 1000 / everyMs;
  return perSecond < outcome.perSecond ? tenth(perSecond) : null;
}

function tenth(value: number): number {
  return Math.round(value * 10) / 10;
}
