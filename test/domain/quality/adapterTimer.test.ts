import { describe, expect, test } from "vitest";
import { type Arrival, isHeldBack, timerAdvice } from "#domain/quality/adapterTimer.ts";
import { replyBytes } from "#domain/quality/badFrame.ts";
import { judge } from "#domain/quality/judge.ts";
import { countReads, type Idle, type LineRead } from "#domain/quality/lineReads.ts";

/** A repeatable 0–1. */
function randoms(seed: number): () => number {
  let state = seed + 1;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}

interface Adapter {
  readonly seed: number;
  readonly timerMs: number;
  /** of one character */
  readonly characterMs: number;
  readonly turnaroundMs: (random: number) => number;
}

/** A certificate's reads (lengths, then pauses) as they arrive through an adapter with such a timer. */
function arrivalsThrough({ seed, timerMs, characterMs, turnaroundMs }: Adapter): readonly Arrival[] {
  const random = randoms(seed);
  const lengths = [1, 10, 60, 125].flatMap((registers) => Array<number>(12).fill(registers));
  const reads = [
    ...lengths.map((registers) => ({ registers, gapMs: 0 })),
    ...Array.from({ length: 24 }, (_, i) => ({ registers: 1, gapMs: [0, 5, 20, 50][i % 4] ?? 0 })),
  ];
  let handedOverAt = 0;
  return reads.map(({ registers, gapMs }) => {
    const bytes = replyBytes(registers);
    const askedAt = handedOverAt + gapMs + 2 + random();
    const firstAt = askedAt + 8 * characterMs + turnaroundMs(random());
    // Full packets of 62 bytes go at once, what is left when the timer is up that began with the last of them.
    const full = Math.floor(bytes / 62);
    const lastPacketAt = full > 0 ? firstAt + full * 62 * characterMs : handedOverAt;
    const doneAt = firstAt + bytes * characterMs;
    const beats = timerMs === 0 ? 0 : Math.max(1, Math.ceil((doneAt - lastPacketAt) / timerMs));
    handedOverAt = timerMs === 0 ? doneAt : lastPacketAt + beats * timerMs + random() * 0.5;
    return { atMs: handedOverAt, bytes };
  });
}

const speeds = [
  ["9600", 11 / 9.6],
  ["19200", 11 / 19.2],
  ["115200", 10 / 115.2],
] as const;

describe.each(speeds)("at %s baud", (_, characterMs) => {
  test("an adapter with a timer of 16 ms is known in every one of 100 runs", () => {
    for (let seed = 0; seed < 100; seed++) {
      const turnaroundMs = (random: number) => 3 + 20 * random;
      expect(
        isHeldBack(arrivalsThrough({ seed, timerMs: 16, characterMs, turnaroundMs })),
        `run ${seed}`,
      ).toBe(true);
    }
  });

  test("an adapter without one is never taken for it, be the unit steady, slow or moody", () => {
    for (let seed = 0; seed < 100; seed++)
      for (const turnaroundMs of [
        () => 3,
        () => 13.5,
        (random: number) => 30 + 60 * random,
        (random: number) => 5 + 2 * random,
      ])
        for (const timerMs of [0, 1])
          expect(
            isHeldBack(arrivalsThrough({ seed, timerMs, characterMs, turnaroundMs })),
            `run ${seed}`,
          ).toBe(false);
  });
});

test("few arrivals, and arrivals in one rhythm, prove nothing", () => {
  const steady = (count: number) => Array.from({ length: count }, (_, i) => ({ atMs: 32 * i, bytes: 7 }));

  expect(isHeldBack([])).toBe(false);
  expect(isHeldBack(steady(10))).toBe(false);
  expect(isHeldBack(steady(100))).toBe(false);
});

test("the certificate of a good line names the adapter's timer", () => {
  const idle: Idle = { idleBytes: 0, idleMs: 3000, foreignFrames: 0, echo: false };
  const arrivals = arrivalsThrough({ seed: 1, timerMs: 16, characterMs: 0.1, turnaroundMs: () => 4 });
  const reads = arrivals.map(({ atMs, bytes }): LineRead => {
    const outcome = { at: "good", latencyMs: 14, waitMs: 12, arrivedAtMs: atMs } as const;
    return { atMs, registers: (bytes - 5) / 2, bytes, doubled: 0, outcome };
  });

  const certificate = judge(countReads(3, idle, reads));

  expect(certificate.verdict).toBe("good");
  expect(certificate.says.code).toBe("cause.adapterTimer");
});

test("a port's own timer is worth a word from three milliseconds on", () => {
  const port = { path: "/dev/ttyUSB1", usbId: "0403:6001" };

  expect(timerAdvice({ ...port, latencyTimerMs: 16 })).toEqual({
    code: "port.latencyTimer",
    facts: { port: "ttyUSB1", ms: 16 },
  });
  expect(timerAdvice({ ...port, latencyTimerMs: 1 })).toBeUndefined();
  expect(timerAdvice(port)).toBeUndefined();
});
