import { describe, expect, test } from "vitest";
import { judgeBadFrame } from "#domain/quality/badFrame.ts";
import { judge } from "#domain/quality/judge.ts";
import { latencyHistogram, quantile } from "#domain/quality/latency.ts";
import { countReads, type LineRead, type Outcome } from "#domain/quality/lineReads.ts";

const quiet = { idleBytes: 0, idleMs: 3000, foreignFrames: 0, echo: false };
const read = (outcome: Outcome, registers = 10): LineRead => ({ registers, doubled: 0, outcome });
const good = (waitMs = 5) => read({ at: "good", latencyMs: waitMs + 20, waitMs });
const expected = { unit: 17, called: 3, registers: 10 };
const bad = read({ at: "bad", frame: judgeBadFrame(Uint8Array.of(17, 3, 20, 0, 0), expected) });
const times = (count: number, one: LineRead) => Array.from({ length: count }, () => one);
const certify = (reads: readonly LineRead[], limit?: number) => judge(countReads(17, quiet, reads), limit);

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
      times(count, { registers: 1, gapMs, doubled: 0, outcome });
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

describe("latencies", () => {
  test("have quantiles, 0 where there are none", () => {
    const values = Array.from({ length: 100 }, (_, index) => 100 - index);

    expect(quantile(values, 0.5)).toBe(51);
    expect(quantile(values, 0.99)).toBe(100);
    expect(quantile([], 0.5)).toBe(0);
  });

  test("are counted by size, each once", () => {
    expect(latencyHistogram([4, 5, 9, 12, 30_000])).toEqual([
      { toMs: 5, count: 1 },
      { toMs: 10, count: 2 },
      { toMs: 20, count: 1 },
      { toMs: null, count: 1 },
    ]);
  });
});
