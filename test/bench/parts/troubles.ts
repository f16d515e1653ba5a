import type { Answer, Asked } from "./faultySlave.ts";

/** How a unit or the way to it fails. */
export interface Trouble {
  readonly what: string;
  readonly framing: "rtu" | "tcp";
  /** reads of one round, and how many of them are asked for at once */
  readonly reads: number;
  readonly atOnce: number;
  /** disturbs its neighbours, so it has none */
  readonly alone?: true;
  answer(asked: Asked, random: () => number): readonly Answer[];
}

export const timeoutMs = 100;

export const troubles: readonly Trouble[] = [
  {
    what: "RTU, 1 of 20 late",
    framing: "rtu",
    reads: 150,
    atOnce: 1,
    answer: (asked, random) => (random() < 0.05 ? late(asked, random) : atOnce(asked.frame())),
  },
  {
    what: "RTU, 1 of 20 lost",
    framing: "rtu",
    reads: 150,
    atOnce: 1,
    answer: (asked, random) => (random() < 0.05 ? [] : atOnce(asked.frame())),
  },
  {
    what: "RTU, 1 of 5 noisy",
    framing: "rtu",
    reads: 150,
    atOnce: 1,
    answer: (asked, random) => atOnce(random() < 0.2 ? spoil(asked.frame(), random) : asked.frame()),
  },
  {
    what: "RTU, 1 of 5 from another unit first",
    framing: "rtu",
    reads: 150,
    atOnce: 1,
    answer: (asked, random) =>
      random() < 0.2
        ? [
            { afterMs: 0, bytes: asked.frame({ unit: 2, offset: asked.offset + 1 }) },
            { afterMs: 5, bytes: asked.frame() },
          ]
        : atOnce(asked.frame()),
  },
  {
    what: "RTU, all of these",
    framing: "rtu",
    reads: 150,
    atOnce: 1,
    answer(asked, random) {
      const dice = random();
      if (dice < 0.03) return late(asked, random);
      if (dice < 0.06) return [];
      if (dice < 0.12) return atOnce(spoil(asked.frame(), random));
      if (dice < 0.18) return atOnce(asked.frame({ unit: 2, offset: asked.offset + 1 }));
      return atOnce(asked.frame());
    },
  },
  {
    what: "TCP, 16 asked at once, 1 of 50 late",
    framing: "tcp",
    reads: 2000,
    atOnce: 16,
    answer: (asked, random) => (random() < 0.02 ? late(asked, random) : atOnce(asked.frame())),
  },
  {
    what: "TCP, 16 asked at once, 1 of 50 lost",
    framing: "tcp",
    reads: 2000,
    atOnce: 16,
    answer: (asked, random) => (random() < 0.02 ? [] : atOnce(asked.frame())),
  },
  {
    what: "TCP, 16 asked at once, 1 of 5 from another unit first",
    framing: "tcp",
    reads: 2000,
    atOnce: 16,
    answer: (asked, random) =>
      random() < 0.2
        ? [
            { afterMs: 0, bytes: asked.frame({ unit: 2, offset: asked.offset + 1 }) },
            { afterMs: 1, bytes: asked.frame() },
          ]
        : atOnce(asked.frame()),
  },
  {
    what: "TCP, 300 asked at once",
    framing: "tcp",
    reads: 300,
    atOnce: 300,
    answer: (asked) => [{ afterMs: 4, bytes: asked.frame() }],
  },
  {
    what: "RTU, 1 of 20 in time while the laptop stalls",
    framing: "rtu",
    reads: 60,
    atOnce: 1,
    alone: true,
    answer: (asked, random) => [
      { afterMs: 0, bytes: asked.frame(), ...(random() < 0.05 && { thenStallMs: 2.5 * timeoutMs }) },
    ],
  },
];

/** Comes after the time-out, but within another one: later than that, no master can tell what it answers. */
function late(asked: Asked, random: () => number): readonly Answer[] {
  const afterMs = timeoutMs * (1.15 + 0.4 * random());
  return [{ afterMs, atMostMs: timeoutMs * 1.8, bytes: asked.frame() }];
}

export function atOnce(bytes: Uint8Array): readonly Answer[] {
  return [{ afterMs: 0, bytes }];
}

/** A bit turned over, the end missing, or a byte too many at the front. */
export function spoil(frame: Uint8Array, random: () => number): Uint8Array {
  const place = Math.floor(random() * frame.length);
  switch (Math.floor(random() * 3)) {
    case 0:
      return frame.map((byte, i) => (i === place ? byte ^ (1 << Math.floor(random() * 8)) : byte));
    case 1:
      return frame.slice(0, place);
    default:
      return Uint8Array.of(Math.floor(random() * 256), ...frame);
  }
}
