import fc from "fast-check";
import { expect, test } from "vitest";
import type { Tag } from "#domain/tag/tag.ts";
import { judgeTag } from "#domain/verify/verdict.ts";
import { plainTag } from "../site/pumpSite.ts";

const interval = 1000;
const start = 1_795_000_000_000;

/** What a process does over time, in seconds. */
const process = fc.record({
  level: fc.double({ min: -500, max: 500, noNaN: true }),
  swing: fc.double({ min: 0.5, max: 100, noNaN: true }),
  periodS: fc.integer({ min: 20, max: 300 }),
  phase: fc.double({ min: 0, max: 6.3, noNaN: true }),
});

function judge(
  tag: Tag,
  valueAt: (ms: number) => number,
  delays: { readonly taken: number; readonly sent: number },
) {
  const now = start + 12_000;
  const published = now - delays.sent;
  const printed = (ms: number) => Number(Math.fround(valueAt(ms)).toFixed(tag.precision));
  const wire = Array.from({ length: 13 }, (_, second) => {
    const at = start + second * 1000;
    return { at, value: Math.fround(valueAt(at)), words: [0, 0] };
  });
  return judgeTag({
    tag,
    wire,
    gateway: { at: published, value: printed(published - delays.taken) },
    cloud: { at: published + 40, sampledAt: published, value: printed(published - delays.taken) },
    now,
    startedAt: start,
    intervalMs: interval,
  }).state;
}

const tag = plainTag({ name: "level", type: "float", precision: 2 });
const delays = fc.record({
  taken: fc.integer({ min: 0, max: 1000 }),
  sent: fc.integer({ min: 50, max: 1000 }),
});

test("a value that swings is the same wherever between two reads the gateway took it", () => {
  fc.assert(
    fc.property(process, delays, ({ level, swing, periodS, phase }, delay) => {
      const valueAt = (ms: number) =>
        level + swing * Math.sin(phase + (2 * Math.PI * (ms - start)) / 1000 / periodS);

      expect(judge(tag, valueAt, delay)).toBe("same");
    }),
    { numRuns: 500 },
  );
});

test("a value that is ten times too large is never the same, however it swings", () => {
  fc.assert(
    fc.property(process, delays, ({ level, swing, periodS, phase }, delay) => {
      const high = 150 + Math.abs(level);
      const valueAt = (ms: number) =>
        high + swing * Math.sin(phase + (2 * Math.PI * (ms - start)) / 1000 / periodS);
      const now = start + 12_000;
      const wrong = judgeTag({
        tag,
        wire: Array.from({ length: 13 }, (_, second) => ({
          at: start + second * 1000,
          value: valueAt(start + second * 1000),
          words: [0, 0],
        })),
        gateway: "notAsked",
        cloud: {
          at: now - 10,
          sampledAt: now - delay.sent,
          value: 10 * valueAt(now - delay.sent - delay.taken),
        },
        now,
        startedAt: start,
        intervalMs: interval,
      });

      expect([wrong.state, wrong.says.code, wrong.says.facts.factor]).toEqual([
        "differs",
        "verdict.scale",
        10,
      ]);
    }),
  );
});
