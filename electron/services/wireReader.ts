import type { Clock } from "#capabilities/clock.ts";
import { type Fault, FaultError, hasFault } from "#domain/fault.ts";
import { serialLimits, usualTurnaroundMs } from "#domain/plan/busTime.ts";
import { planReads, type Read, tcpLimits } from "#domain/plan/readPlan.ts";
import type { Line } from "#domain/site/site.ts";
import { compileDecoder } from "#domain/tag/decodeBlock.ts";
import { type Span, spanOf } from "#domain/tag/span.ts";
import { type Tag, tagKey, type Value, type Words } from "#domain/tag/tag.ts";
import type { Learned, LineTraffic, Priority } from "./lineTraffic.ts";

/** One tag's value from the wire, read by us or heard in another master's poll; or why there is none. */
export type WireReading =
  | {
      readonly key: string;
      readonly tag: Tag;
      readonly at: number;
      readonly words: Words;
      readonly value: Value;
      readonly by: "read" | "learned";
    }
  | { readonly key: string; readonly tag: Tag; readonly at: number; readonly fault: Fault };

/** A line that is gone is looked for this often, so that an adapter put back serves again within a second. */
const lookAgainMs = 200;

/** Reads that wait for the line at a time: a device behind TCP may take several. */
const askedAtOnce = { serial: 1, tcp: 8 } as const;

/**
 * Reads all tags of one line again and again until cancelled. While another master has the line nothing is sent:
 * the values are learned from its polls. A fault is told when it comes and when it changes, not with every try.
 *
 * @param cycleMs least time from the start of one round to the next
 */
export async function readLine(
  line: Line,
  tags: readonly Tag[],
  world: {
    readonly traffic: LineTraffic;
    readonly clock: Clock;
    readonly priority: Priority;
    readonly cycleMs: number;
    onReading(reading: WireReading): void;
  },
  signal: AbortSignal,
): Promise<void> {
  const readable = tags.filter((tag) => tag.access.includes("read") || tag.access.includes("subscribe"));
  const spans = readable.map((tag) => spanOf(tag.address, tag.type));
  const limits = line.kind === "serial" ? serialLimits(line.settings, usualTurnaroundMs) : tcpLimits;
  const decoder = compileDecoder(readable);
  let reads: readonly Read[] = planReads(spans, limits).map((read) => ({
    ...read,
    spans: decoder.arranged(read.spans),
  }));
  /** why a tag has no value, as text to compare; told once for as long as it stays the same */
  const told = new Map<number, string>();

  const forget = world.traffic.onLearned((learned) => {
    const carried = [...spans.keys()].filter((index) => carries(learned, spans[index] as Span));
    tell(carried, learned.words, learned.offset, learned.at, "learned");
  });

  /** Hands out the values of the tags at `indices`, all of them within `words`. */
  function tell(
    indices: readonly number[],
    words: Words,
    first: number,
    at: number,
    by: "read" | "learned",
  ): void {
    decoder.decode(words, first, indices);
    for (const index of indices) {
      const tag = readable[index] as Tag;
      const { offset, registers } = spans[index] as Span;
      const own = words.slice(offset - first, offset - first + registers);
      told.delete(index);
      world.onReading({ key: tagKey(tag), tag, at, words: own, value: decoder.value(index), by });
    }
  }

  function tellFault(indices: readonly number[], fault: Fault): void {
    const at = world.clock.now();
    const text = JSON.stringify(fault);
    for (const index of indices) {
      if (told.get(index) === text) continue;
      told.set(index, text);
      const tag = readable[index] as Tag;
      world.onReading({ key: tagKey(tag), tag, at, fault });
    }
  }

  /** @returns the fault that keeps the whole line from being read, if there is one */
  async function readOne(read: Read): Promise<Fault | undefined> {
    const { unit, area, offset, count } = read;
    const options = { timeoutMs: line.timeoutMs, priority: world.priority };
    try {
      const reply = await world.traffic.read(unit, area, offset, count, options, signal);
      tell(read.spans, reply.words, offset, reply.at, "read");
    } catch (error) {
      if (signal.aborted || !(error instanceof FaultError)) throw error;
      if (hasFault(error, "line.exception") && read.spans.length > 1) reads = split(reads, read, spans);
      else if (isOfLine(error.fault)) return error.fault;
      else tellFault(read.spans, error.fault);
    }
    return undefined;
  }

  /** One round; resolves as `readOne` does. */
  async function round(): Promise<Fault | undefined> {
    const left = reads.values();
    let fault: Fault | undefined;
    const readOn = async () => {
      for (const read of left) {
        if (fault !== undefined) return;
        const own = await readOne(read);
        fault ??= own;
      }
    };
    await Promise.all(Array.from({ length: askedAtOnce[line.kind] }, readOn));
    return fault;
  }

  try {
    while (!signal.aborted) {
      const startedAt = world.clock.monotonic();
      const fault = await round();
      // A line that another master polls still gives values: only a lost one leaves its tags without.
      if (fault && fault.code !== "line.taken") tellFault([...readable.keys()], fault);
      const spent = world.clock.monotonic() - startedAt;
      const everyMs = fault && isGone(fault) ? Math.min(lookAgainMs, world.cycleMs) : world.cycleMs;
      await world.clock.sleep(Math.max(everyMs - spent, 20), signal);
    }
  } finally {
    forget();
  }
}

/** A device may forbid a register in a gap, or one tag may be wrong: from now on these tags are read one by one. */
function split(reads: readonly Read[], bad: Read, spans: readonly Span[]): readonly Read[] {
  return reads.flatMap((read) => {
    if (read !== bad) return [read];
    return read.spans.map((index) => {
      const { unit, area, offset, registers } = spans[index] as Span;
      return { unit, area, offset, count: registers, spans: [index] };
    });
  });
}

function isOfLine(fault: Fault): boolean {
  return !["line.silent", "line.badFrame", "line.exception"].includes(fault.code);
}

/** An adapter that is plugged in is there before the system is done with it, and fails in several ways meanwhile. */
function isGone(fault: Fault): boolean {
  return ["line.lost", "line.portMissing", "line.noPermission", "line.driverFailed", "line.busy"].includes(
    fault.code,
  );
}

function carries(learned: Learned, { unit, area, offset, registers }: Span): boolean {
  if (learned.unit !== unit || learned.area !== area) return false;
  return offset >= learned.offset && offset + registers <= learned.offset + learned.words.length;
}
