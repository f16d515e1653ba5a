import type { GroupState, TagState } from "#domain/gateway/payloadText.ts";
import { readingError, valueExpired } from "#domain/gateway/readingError.ts";
import type { Group, Line, Site } from "#domain/site/site.ts";
import type { Tag } from "#domain/tag/tag.ts";
import type { LineDesk } from "../lineDesk.ts";
import { readLine, type WireReading } from "../wireReader.ts";
import type { World } from "../world.ts";

/** As the gateway gives a value out for twenty intervals; polling that falls further behind shows as expired. */
const keptIntervals = 20;

interface Polled {
  readonly line: Line;
  readonly group: Group;
  readonly tags: readonly Tag[];
}

/**
 * Polls every group of a site at its own interval, as the gateway will, and hands out what it would publish: one state
 * of a group an interval, tags that report on change only when they changed. Runs until cancelled.
 *
 * @param onReading each value as it is read
 * @throws ProblemError where a line cannot be opened as it is set up
 */
export async function pollGroups(
  world: World,
  site: Site,
  lines: LineDesk,
  on: {
    reading(reading: WireReading): void;
    state(line: Line, group: Group, state: GroupState): void;
  },
  signal: AbortSignal,
): Promise<void> {
  const ended = new AbortController();
  const either = AbortSignal.any([signal, ended.signal]);
  // All lines first: one that cannot be opened leaves no other one polled.
  const groups = polledOf(site).map((polled) => ({ ...polled, traffic: lines.traffic(polled.line.id) }));
  const work = groups.flatMap((polled) => {
    const readings = new Map<string, WireReading>();
    const { line, group, tags, traffic } = polled;
    const reading = (one: WireReading) => {
      readings.set(one.tag.name, one);
      on.reading(one);
    };
    return [
      readLine(
        line,
        tags,
        { traffic, clock: world.clock, priority: "poll", cycleMs: group.intervalMs, onReading: reading },
        either,
      ),
      report(world, polled, readings, (state) => on.state(line, group, state), either),
    ];
  });
  try {
    await Promise.all(work);
  } finally {
    // The first that fails ends the others.
    ended.abort(new Error("polling ended"));
    await Promise.allSettled(work);
  }
}

function polledOf({ lines, groups, tags }: Site): readonly Polled[] {
  return groups.flatMap((group) => {
    const line = lines.find((one) => one.id === group.line);
    const own = tags.filter((tag) => tag.line === group.line && tag.group === group.name);
    const readable = own.filter(({ access }) => access.includes("read") || access.includes("subscribe"));
    return line && readable.length > 0 ? [{ line, group, tags: readable }] : [];
  });
}

/** Tells a group's state every interval, where there is anything to tell. */
async function report(
  { clock }: World,
  { line, group, tags }: Polled,
  readings: ReadonlyMap<string, WireReading>,
  tell: (state: GroupState) => void,
  signal: AbortSignal,
): Promise<void> {
  const told = new Map<string, string>();
  const beganAt = clock.monotonic();
  for (let round = 1; ; round++) {
    // Counted from the beginning, so that a slow round does not move all that follow.
    const dueAt = beganAt + round * group.intervalMs;
    const waitMs = dueAt - clock.monotonic();
    if (waitMs < -group.intervalMs) round = Math.ceil((clock.monotonic() - beganAt) / group.intervalMs);
    else await clock.sleep(Math.max(0, waitMs), signal);
    const now = clock.now();
    const states = tags.flatMap((tag): readonly TagState[] => {
      const reading = readings.get(tag.name);
      if (reading === undefined) return [];
      const state = stateOf(reading, line, now - keptIntervals * group.intervalMs);
      const text = "error" in state ? `error ${state.error}` : String(state.value);
      const changed = told.get(tag.name) !== text;
      told.set(tag.name, text);
      return tag.access.includes("subscribe") && !changed ? [] : [state];
    });
    if (states.length > 0) tell({ node: line.name, group: group.name, timestamp: now, tags: states });
  }
}

function stateOf(reading: WireReading, line: Line, expiredBefore: number): TagState {
  const { tag } = reading;
  if ("fault" in reading) return { tag, error: readingError(reading.fault, line.kind) };
  return reading.at < expiredBefore ? { tag, error: valueExpired } : { tag, value: reading.value };
}
