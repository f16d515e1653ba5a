import { describe, expect, test } from "vitest";
import { judgeBadFrame } from "#domain/quality/badFrame.ts";
import { judge } from "#domain/quality/judge.ts";
import { quantile } from "#domain/quality/latency.ts";
import { type Company, countReads, type LineRead, type Outcome } from "#domain/quality/lineReads.ts";
import { cellsOf, waitsOf } from "#domain/quality/readStrip.ts";

const quiet = { idleBytes: 0, idleMs: 3000, foreignFrames: 0, echo: false };
const read = (outcome: Outcome, registers = 10): LineRead => ({
  atMs: 0,
  registers,
  bytes: 0,
  doubled: 0,
  outcome,
});
const good = (waitMs = 5) => read({ at: "good", latencyMs: waitMs + 20, waitMs });
const expected = { unit: 17, called: 3, registers: 10 };
const bad = read({ at: "bad", frame: judgeBadFrame(Uint8Array.of(17, 3, 20, 0, 0), expected) });
const times = (count: number, one: LineRead) => Array.from({ length: count }, () => one);
const certify = (reads: readonly LineRead[], limit?: number, company?: Company) =>
  judge(countReads(17, quiet, reads, company), limit);

describe("the verdict on a unit", () => {
  test("is good where every frame came whole, exceptions included", () => {
    const certificate = certify([...times(99, good()), read({ at: "exception" })]);

    expect(certificate).toMatchObject({ verdict: "good", good: 99, exceptions: 1, badShare: 0 });
    expect(certificate.says.code).toBe("cause.none");
  });

  test("follows the limit: bad frames of all frames that came, silence not counted", () => {
    const reads = [...times(989, good()), ...times(10, bad), read({ at: "silent" })];

    expect(certify(reads, 0.01).badShare).toBeCloseTo(10 / 999, 10);
    expect(certify(reads, 0.01).verdict).toBe("bad");
    expect(certify(reads, 0.011).verdict).toBe("good");
    expect(certify(reads).limit).toBe(0.001);
  });

  test("is bad where reads stay unanswered, but for a single one", () => {
    expect(certify([...times(100, good()), read({ at: "silent" })]).verdict).toBe("good");
    expect(certify([...times(100, good()), ...times(2, read({ at: "silent" }))]).verdict).toBe("bad");
  });

  test("is bad where nothing came", () => {
    const certificate = certify(times(8, read({ at: "silent" })));

    expect(certificate).toMatchObject({ verdict: "bad", badShare: 0, says: { code: "cause.noReply" } });
  });

  test("is slow where one in fifty answers is late, and says how late", () => {
    const certificate = certify([...times(98, good(5)), ...times(2, good(480))]);

    expect(certificate.verdict).toBe("slow");
    expect(certificate.says).toEqual({ code: "cause.slow", facts: { p99: 500 } });
  });

  test("is not slow for answers that are all equally late", () => {
    expect(certify(times(100, good(600))).verdict).toBe("good");
  });

  test("names the shortest pause after which a unit answers", () => {
    const paused = (gapMs: number, outcome: Outcome, count: number) =>
      times(count, { ...read(outcome, 1), gapMs });
    const fine: Outcome = { at: "good", latencyMs: 20, waitMs: 5 };
    const reads = [
      ...times(20, good()),
      ...times(20, read({ at: "silent" })),
      ...paused(0, { at: "silent" }, 18),
      ...paused(0, fine, 2),
      ...paused(5, { at: "silent" }, 20),
      ...paused(20, fine, 20),
      ...paused(50, fine, 20),
    ];

    expect(certify(reads).says).toEqual({ code: "cause.gap", facts: { gapMs: 20 } });
    expect(certify(reads).byGap.map((row) => row.good)).toEqual([2, 0, 20, 20]);
  });
});

describe("what others on the line have to do with it", () => {
  const paused = (gapMs: number, outcome: Outcome, count: number) =>
    times(count, { ...read(outcome, 1), gapMs });
  const fine: Outcome = { at: "good", latencyMs: 20, waitMs: 5 };
  const missing = (own: readonly LineRead[]) => [
    ...own,
    ...paused(0, { at: "silent" }, 18),
    ...paused(0, fine, 2),
    ...paused(5, fine, 20),
    ...paused(20, fine, 20),
  ];

  test("a unit that misses requests only after another's answer needs a pause after that one", () => {
    const company = { neighbours: [3, 4], after: 3, goodAlone: false };

    const { says } = certify(missing(times(100, good())), undefined, company);

    expect(says).toEqual({ code: "cause.gapAfter", facts: { gapMs: 5, unit: 3 } });
  });

  test("one that misses requests after its own answers too needs a pause after any", () => {
    const company = { neighbours: [3], after: 3, goodAlone: false };
    const own = [...times(50, good()), ...times(50, read({ at: "silent" }))];

    expect(certify(missing(own), undefined, company).says.code).toBe("cause.gap");
  });

  test("one that was good alone and is bad with the others suffers from their load", () => {
    const reads = [...times(80, good()), ...times(20, bad)];

    expect(certify(reads, 0.001, { neighbours: [3, 4, 5], after: 3, goodAlone: true }).says).toEqual({
      code: "cause.load",
      facts: { units: 4 },
    });
    expect(certify(reads, 0.001, { neighbours: [], after: null, goodAlone: true }).says.code).not.toBe(
      "cause.load",
    );
  });

  test("one that answers no more after a while has died, and is told when", () => {
    const at = (reads: readonly LineRead[]) => reads.map((one, index) => ({ ...one, atMs: 1000 * index }));
    const dead = at([...times(100, good()), ...times(20, read({ at: "silent" }))]);
    const back = at([...times(100, good()), ...times(20, read({ at: "silent" })), good()]);

    expect(certify(dead).says).toEqual({ code: "cause.died", facts: { afterMs: 99_000 } });
    expect(certify(back).says.code).toBe("cause.silences");
  });
});

describe("the strip of all reads", () => {
  test("has a letter for each read, and gives each its figures back", () => {
    const short = judgeBadFrame(Uint8Array.of(17, 3), expected);
    const reads = [
      ...times(9, good()),
      good(900),
      bad,
      read({ at: "bad", frame: short }),
      read({ at: "silent" }),
    ];

    const { reads: strip, latenciesMs } = certify([...reads, read({ at: "exception" }), good(7)]);

    expect(strip.codes).toBe("ggggggggglssneg");
    const cells = cellsOf(strip, latenciesMs);
    expect(cells[9]).toMatchObject({ kind: "late", latencyMs: 920, registers: 10 });
    expect(cells[10]).toMatchObject({ kind: "short", latencyMs: null });
    expect(cells[14]).toMatchObject({ kind: "good", latencyMs: 27 });
  });

  test("knows how long the unit itself took, whatever the length", () => {
    const at = (registers: number) => {
      const wireMs = (8 + 5 + 2 * registers) * 0.5;
      return read({ at: "good", latencyMs: 7 + wireMs, waitMs: 7 }, registers);
    };

    const certificate = certify([at(1), bad, at(60), at(125)]);

    expect(waitsOf(certificate, 0.5)).toEqual([7, 7, 7]);
  });

  test("says how little few reads prove", () => {
    expect(certify(times(100, good())).atMost).toBeCloseTo(0.026, 2);
    expect(certify(times(3000, good())).atMost).toBeLessThan(0.001);
    expect(certify(times(8, read({ at: "silent" }))).atMost).toBe(1);
  });
});

describe("latencies", () => {
  test("have quantiles, 0 where there are none", () => {
    const values = Array.from({ length: 100 }, (_, index) => 100 - index);

    expect(quantile(values, 0.5)).toBe(51);
    expect(quantile(values, 0.99)).toBe(100);
    expect(quantile([], 0.5)).toBe(0);
  });
});
