import { describe, expect, test } from "vitest";
import { measuredWaits } from "#domain/plan/measuredWaits.ts";
import { siteOfLine } from "./polledLine.ts";

const settings = { baudRate: 9600, parity: "even", dataBits: 8, stopBits: 1 } as const;
const site = siteOfLine({ settings, tags: [], intervals: {} });

/** A certificate as the evidence keeps it. */
function certified(line: string, unit: number, p50Ms: number, lengths: readonly number[]) {
  const byLength = lengths.map((registers) => ({ registers, asked: 10, good: 10, badCrc: 0, silent: 0 }));
  return { kind: "job.certified", body: { line, certificate: { unit, p50Ms, byLength } } };
}

describe("the time that a unit takes to answer", () => {
  test("is what its certificate measured, less the time on the wire", () => {
    const wireMs = ((8 + 5 + 2 * 32) * 11 * 1000) / 9600;
    const waits = measuredWaits([certified("l", 3, wireMs + 25, [1, 32, 125])], site);

    expect(waits.get("l")?.get(3)).toBeCloseTo(25, 6);
  });

  test("is that of the latest certificate, and unknown for units and lines without one", () => {
    const evidence = [
      certified("l", 3, 500, [1]),
      { kind: "job.started", body: {} },
      certified("l", 3, 40, [1]),
      certified("gone", 4, 40, [1]),
      certified("l", 5, 0, []),
    ];
    const waits = measuredWaits(evidence, site);

    expect([...waits.keys()]).toEqual(["l"]);
    expect([...(waits.get("l") ?? [])].map(([unit]) => unit)).toEqual([3]);
    expect(waits.get("l")?.get(3)).toBeCloseTo(40 - (15 * 11 * 1000) / 9600, 6);
  });
});
