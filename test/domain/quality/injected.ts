import { rtuFrame } from "#domain/modbus/rtuFrame.ts";
import { judgeBadFrame } from "#domain/quality/badFrame.ts";
import {
  type Company,
  type Counts,
  countReads,
  type Idle,
  type LineRead,
  type Outcome,
} from "#domain/quality/lineReads.ts";
import { seeded } from "#simulator/lineNoise.ts";

/** What one exchange brings on a line with a fault; undefined where nothing comes. */
type Answer =
  | Uint8Array
  | { readonly good: true; readonly waitMs: number; readonly doubled?: number }
  | undefined;

export interface Injected {
  readonly idle?: Partial<Idle>;
  readonly company?: Partial<Company>;
  /** `quietMs` is the pause since the last answer, which was another unit's where `afterOther` */
  answer(whole: Uint8Array, random: () => number, quietMs: number, afterOther: boolean): Answer;
}

const good = (waitMs = 5, doubled = 0) => ({ good: true, waitMs, doubled }) as const;

/** Damages each byte with a chance of `share`; the request of 8 bytes suffers as well. */
export function noisy(share: number): Injected["answer"] {
  return (whole, random) => {
    if (random() > (1 - share) ** 8) return undefined;
    const heard = whole.map((byte) => (random() < share ? byte ^ (1 << Math.floor(8 * random())) : byte));
    return heard.every((byte, index) => byte === whole[index]) ? good() : heard;
  };
}

/** A line for each cause, as strong as `random` makes it. */
export const injections: Readonly<Record<string, (random: () => number) => Injected>> = {
  none: () => ({ answer: () => good() }),
  noReply: () => ({ answer: () => undefined }),
  settings: (random) => {
    // Half the baud rate makes half the bytes, wrong parity as many as were sent; none of them as it was sent.
    const ratio = [0.25, 0.5, 0.75, 1][Math.floor(4 * random())] ?? 1;
    return {
      answer: (whole, chance) =>
        Uint8Array.from({ length: Math.ceil(whole.length * ratio) }, (_, index) => {
          const other = 1 + Math.floor(255 * chance());
          return (whole[index] ?? 0) ^ other;
        }),
    };
  },
  floating: (random) => ({
    idle: { idleBytes: 5 + Math.floor(60 * random()) },
    answer: (_, chance) => (chance() < 0.05 ? undefined : good()),
  }),
  secondMaster: (random) => ({
    idle: { idleBytes: 40, foreignFrames: 1 + Math.floor(9 * random()) },
    answer: noisy(0.002),
  }),
  echo: () => ({ idle: { echo: true }, answer: () => good() }),
  duplicate: (random) => {
    const together = 0.2 + 0.8 * random();
    return {
      answer: (whole, chance) =>
        chance() > together ? good(5, 1) : Uint8Array.from([...whole.map((byte) => byte ^ 0x24), ...whole]),
    };
  },
  turnaround: (random) => {
    const often = 0.05 + 0.95 * random();
    const lost = random() < 0.3;
    return {
      answer: (whole, chance) => {
        if (chance() > often) return good();
        return lost ? whole.slice(1) : whole.map((byte, index) => (index === 0 ? byte | 0xf0 : byte));
      },
    };
  },
  noise: (random) => ({ answer: noisy(10 ** (-3.7 + 2.2 * random())) }),
  gap: (random) => {
    const needed = [4, 15, 30][Math.floor(3 * random())] ?? 15;
    return { answer: (_, chance, quietMs) => (quietMs < needed && chance() < 0.9 ? undefined : good()) };
  },
  gapAfter: (random) => {
    const needed = [4, 15, 30][Math.floor(3 * random())] ?? 15;
    return {
      company: { neighbours: [3], after: 3 },
      answer: (_, chance, quietMs, afterOther) =>
        afterOther && quietMs < needed && chance() < 0.9 ? undefined : good(),
    };
  },
  load: (random) => ({
    company: { neighbours: [3, 4, 9], after: 3, goodAlone: true },
    answer: noisy(10 ** (-3 + 1.5 * random())),
  }),
  died: (random) => {
    let left = 40 + Math.floor(300 * random());
    return { answer: () => (left-- > 0 ? good() : undefined) };
  },
  slow: (random) => {
    const often = 0.02 + 0.1 * random();
    return { answer: (_, chance) => good(chance() < often ? 300 + 600 * chance() : 5 + 3 * chance()) };
  },
};

const gapsMs = [0, 5, 20, 50] as const;
const expectedOf = (registers: number) => ({ unit: 17, called: 3, registers });

/** Causes that make bad reads, which other weak ones may hide behind. */
const spoiling = ["settings", "floating", "secondMaster", "duplicate", "turnaround", "gap", "gapAfter"];

/** the same line with a little noise of its own where the cause makes bad reads anyway */
export function withBackground(cause: string, injected: Injected): Injected {
  if (!spoiling.includes(cause)) return injected;
  const weak = noisy(0.00004);
  return {
    ...injected,
    answer(whole, random, quietMs, afterOther) {
      const answer = injected.answer(whole, random, quietMs, afterOther);
      return answer !== undefined && "good" in answer && !answer.doubled
        ? weak(whole, random, quietMs, afterOther)
        : answer;
    },
  };
}

/** A whole measurement of `reads` reads by length and `perGap` reads for each pause, repeatable by its seed. */
export function measure(injected: Injected, seed: number, reads: number, perGap = 20): Counts {
  let drawn = 0;
  const random = () => seeded(seed, drawn++);
  const lengths = [1, 10, 60, 125];
  const done: LineRead[] = [];
  const read = (registers: number, gapMs?: number) => {
    const data = Array.from({ length: 2 * registers }, () => Math.floor(256 * random()));
    const whole = rtuFrame(17, Uint8Array.of(3, 2 * registers, ...data));
    const quietMs = done.at(-1)?.outcome.at === "silent" ? 1000 : (gapMs ?? 0) + 2;
    const afterOther = gapMs !== undefined && injected.company?.after !== undefined;
    const answer = injected.answer(whole, random, quietMs, afterOther);
    const doubled = answer !== undefined && "good" in answer ? (answer.doubled ?? 0) : 0;
    const pause = gapMs === undefined ? {} : { gapMs };
    const outcome = outcomeOf(answer, registers);
    done.push({ atMs: 50 * done.length, registers, bytes: 0, doubled, outcome, ...pause });
  };
  for (let i = 0; i < reads; i++) read(lengths[i % lengths.length] ?? 1);
  for (let i = 0; i < gapsMs.length * perGap; ) {
    const follows = done.at(-1)?.outcome.at !== "silent";
    read(1, follows ? gapsMs[i % gapsMs.length] : undefined);
    // A unit that never answers has no pauses to measure.
    if (follows || done.length > 2 * reads) i++;
  }
  const company = { neighbours: null, after: null, goodAlone: false, ...injected.company };
  return countReads(
    17,
    { idleBytes: 0, idleMs: 3000, foreignFrames: 0, echo: false, ...injected.idle },
    done,
    company,
  );
}

function outcomeOf(answer: Answer, registers: number): Outcome {
  if (answer === undefined) return { at: "silent" };
  if ("good" in answer) return { at: "good", latencyMs: 20 + answer.waitMs, waitMs: answer.waitMs };
  return { at: "bad", frame: judgeBadFrame(answer, expectedOf(registers)) };
}
