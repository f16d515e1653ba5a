import type { AskedRead, SlowAnswer } from "#test/support/slowUnit.ts";
import { atOnce, spoil, timeoutMs } from "./troubles.ts";

/** How a unit on a serial line, or the way to it, fails. */
export interface RtuTrouble {
  readonly what: string;
  /** answers in the order of asking, as real units do, or each at its own time */
  readonly inOrder: boolean;
  /** how the way to the unit is cut, and after how many reads on average */
  readonly cut?: { readonly by: "reset" | "unplug"; readonly everyReads: number };
  answer(asked: AskedRead, random: () => number): readonly SlowAnswer[];
}

export const rtuTroubles: readonly RtuTrouble[] = [
  { what: "1 of 20 late, up to 2 time-outs", inOrder: true, answer: lateTo(2) },
  { what: "1 of 20 very late, up to 5 time-outs", inOrder: true, answer: lateTo(5) },
  { what: "the same, out of order", inOrder: false, answer: lateTo(5) },
  {
    what: "1 of 20 lost",
    inOrder: true,
    answer: (asked, random) => (random() < 0.05 ? [] : atOnce(asked.frame())),
  },
  {
    what: "1 of 5 noisy",
    inOrder: true,
    answer: (asked, random) => atOnce(random() < 0.2 ? spoil(asked.frame(), random) : asked.frame()),
  },
  {
    what: "1 of 5 from another unit first",
    inOrder: true,
    answer: (asked, random) => [
      ...(random() < 0.2 ? [{ afterMs: 0, bytes: asked.frame({ unit: 2, offset: asked.offset + 1 }) }] : []),
      { afterMs: 0, bytes: asked.frame() },
    ],
  },
  { what: "all of these", inOrder: true, answer: anyOfThese },
  { what: "reset, 1 of 100", inOrder: true, cut: { by: "reset", everyReads: 100 }, answer: lateTo(2) },
  { what: "unplugged, 1 of 500", inOrder: true, cut: { by: "unplug", everyReads: 500 }, answer: lateTo(2) },
];

function lateTo(mostTimeouts: number): RtuTrouble["answer"] {
  return (asked, random) => {
    const isLate = random() < 0.05;
    const afterMs = timeoutMs * (1 + (mostTimeouts - 1) * random());
    return [{ afterMs: isLate ? afterMs : 0, bytes: asked.frame() }];
  };
}

function anyOfThese(asked: AskedRead, random: () => number): readonly SlowAnswer[] {
  const dice = random();
  if (dice < 0.03) return [{ afterMs: timeoutMs * (1 + 4 * random()), bytes: asked.frame() }];
  if (dice < 0.06) return [];
  if (dice < 0.12) return atOnce(spoil(asked.frame(), random));
  if (dice < 0.18) return atOnce(asked.frame({ unit: 2, offset: asked.offset + 1 }));
  return atOnce(asked.frame());
}
