import { describe, expect, test } from "vitest";
import { judge } from "#domain/quality/judge.ts";
import { seeded } from "#simulator/lineNoise.ts";
import { injections, measure, noisy, withBackground } from "./injected.ts";

const runsPerCause = 30;

describe("the judgement of a line", () => {
  test("names the injected cause in nine of ten seeded runs, and each cause in four of five", () => {
    const named = Object.entries(injections).map(([cause, inject], which) => {
      const wrong: string[] = [];
      for (let run = 0; run < runsPerCause; run++) {
        let drawn = 0;
        const strength = () => seeded(1000 * which + run, 1_000_000 + drawn++);
        const { says } = judge(measure(withBackground(cause, inject(strength)), 1000 * which + run, 400));
        if (says.code !== `cause.${cause}`) wrong.push(says.code);
      }
      return { cause, wrong, share: 1 - wrong.length / runsPerCause };
    });

    const all = named.reduce((sum, { share }) => sum + share, 0) / named.length;
    expect(named.length * runsPerCause).toBeGreaterThanOrEqual(300);
    expect(named.filter(({ share }) => share < 0.8)).toEqual([]);
    expect(all).toBeGreaterThanOrEqual(0.9);
  }, 30_000);

  test.for([0.01, 0.02, 0.05, 0.2])(
    "measures a share of %f damaged frames to within a fifth",
    { timeout: 20_000 },
    (share) => {
      // Every frame alike, so that the share is known.
      const spoil = noisy(0);
      const injected = {
        answer: (whole: Uint8Array, random: () => number) =>
          random() < share
            ? whole.map((byte, index) => (index === 4 ? byte ^ 0x10 : byte))
            : spoil(whole, random, 0, false),
      };

      const { badShare, verdict } = judge(measure(injected, 7, 10_000));

      expect(badShare / share).toBeGreaterThan(0.8);
      expect(badShare / share).toBeLessThan(1.2);
      expect(verdict).toBe("bad");
    },
  );

  test.for([0.0002, 0.001, 0.004])(
    "measures the frame errors that a chance of %f for each byte makes, at every length",
    { timeout: 20_000 },
    (share) => {
      const { byLength } = judge(measure({ answer: noisy(share) }, 11, 20_000, 0));

      for (const { registers, good, badCrc } of byLength) {
        const expected = 1 - (1 - share) ** (5 + 2 * registers);
        if (expected < 0.01) continue;
        expect(badCrc / (good + badCrc) / expected).toBeGreaterThan(0.8);
        expect(badCrc / (good + badCrc) / expected).toBeLessThan(1.2);
      }
    },
  );
});
