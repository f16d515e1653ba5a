import { describe, expect, test } from "vitest";
import type { CertificateView } from "#contract/lineViews.ts";
import {
  certificatesOf,
  certifyingOn,
  gapBars,
  headAndRest,
  lengthBars,
  percent,
  type QualityJob,
  qualityOf,
  type ReadBar,
} from "#renderer/steps/line/qualityRows.ts";
import { cornerOf, planStrip, readAt, readByKey, stripPaths } from "#renderer/steps/line/stripPlan.ts";
import { unitMarks, unitRows } from "#renderer/steps/line/unitRows.ts";
import { certificateOf, certified } from "../../../support/page/certificates.ts";
import { scanDone, trainingSite } from "../../../support/page/trainingItems.ts";

const certificate: CertificateView = certificateOf(
  17,
  {},
  {
    ...{ asked: 240, good: 236, badCrc: 2, short: 1, silent: 1, badShare: 3 / 239, verdict: "bad" },
    byLength: [{ registers: 125, asked: 60, good: 56, badCrc: 2, silent: 1 }],
    byGap: [{ gapMs: 20, asked: 20, good: 18 }],
  },
);

function job(key: string, startedAt: number, change: Partial<QualityJob>, unit = 17): QualityJob {
  return {
    ...scanDone,
    key,
    startedAt,
    state: "done",
    detail: { kind: "quality", line: "line-1", unit, next: [], certificate: { ...certificate, unit } },
    ...change,
  };
}

describe("the certificates of a line", () => {
  const first = job("a", 1, {});
  const detail = { kind: "quality", line: "line-1", unit: 17, next: [3], certificate: null } as const;
  const again = job("b", 2, { state: "running", detail });
  const elsewhere = job("d", 4, { detail: { ...detail, line: "line-2" } });

  test("are those of its own units", () => {
    const all = [certified("line-1", certificate), certified("line-2", { ...certificate, unit: 3 })];

    expect([...certificatesOf(all, "line-1")]).toEqual([[17, all[0]]]);
  });

  test("show the newest measurement of a unit, and the one that runs", () => {
    expect(qualityOf([again, first], "line-1", 17)?.key).toBe("b");
    expect(certifyingOn([first, again, elsewhere], "line-1")?.key).toBe("b");
    expect(certifyingOn([first, elsewhere], "line-1")).toBeUndefined();
  });

  test("colour their unit on the map, over its answer to the scan", () => {
    const [line] = trainingSite.head.lines;
    if (!line) throw new Error("the training site has a line");
    const rows = unitRows(
      line,
      scanDone as never,
      new Map([
        [1, { ...certificate, verdict: "slow" }],
        [3, certificate],
        [60, { ...certificate, verdict: "good" }],
      ]),
    );

    expect([1, 3, 17, 60].map((unit) => unitMarks(rows).get(unit)?.state)).toEqual([
      "warn",
      "bad",
      "ok",
      "bad",
    ]);
  });
});

describe("the strip of reads", () => {
  const kinds = ["good", "good", "badCrc", "good", "silent", "good"] as const;
  const cells = kinds.map((kind, at) => ({ kind, atMs: at, registers: 1, bytes: 7, latencyMs: null }));

  test("has room for few reads and for thousands", () => {
    for (const count of [1, 40, 480, 2080, 3300]) {
      const plan = planStrip(count, 344);

      expect(plan.columns * plan.rows).toBeGreaterThanOrEqual(count);
      expect(plan.columns * plan.cell).toBeLessThanOrEqual(344);
      expect(plan.rows * plan.row).toBeLessThan(170);
    }
  });

  test("finds a read under the pointer where it was drawn", () => {
    const plan = planStrip(480, 344);
    for (const index of [0, 113, 114, 479]) {
      const { x, y } = cornerOf(index, plan);

      expect(readAt(x + 1, y + 1, 480, plan)).toBe(index);
    }
    expect(readAt(-1, 0, 480, plan)).toBeUndefined();
    expect(readAt(343, plan.rows * plan.row - 1, 481, plan)).toBeUndefined();
  });

  test("is walked by keys, from one that was not good to the next too", () => {
    const plan = planStrip(6, 18);
    const to = (key: string, from: number) => readByKey(key, from, cells, plan);

    expect([to("ArrowRight", 5), to("ArrowLeft", 3), to("Home", 3), to("End", 0)]).toEqual([5, 2, 0, 5]);
    expect([to("ArrowDown", 0), to("ArrowUp", 1)]).toEqual([3, 0]);
    expect([to("PageDown", 0), to("PageDown", 2), to("PageDown", 4), to("PageUp", 4)]).toEqual([2, 4, 4, 2]);
    expect(to("a", 0)).toBeUndefined();
  });

  test("draws each kind once, the ones that occur", () => {
    expect(
      stripPaths(cells, planStrip(6, 100)).map(({ kind, path }) => [kind, path.split("M").length - 1]),
    ).toEqual([
      ["good", 4],
      ["badCrc", 1],
      ["silent", 1],
    ]);
  });
});

describe("the figures of a certificate", () => {
  test("count as bad what was neither good nor silent nor refused", () => {
    const refusing = { ...certificate, exceptions: 1 };
    const kinds = ({ good, refused, bad, silent }: ReadBar) => [good, refused, bad, silent];

    expect(lengthBars(certificate).map(kinds)).toEqual([[56, 0, 3, 1]]);
    expect(lengthBars(refusing).map(kinds)).toEqual([[56, 1, 2, 1]]);
    expect(gapBars(certificate).map(kinds)).toEqual([[18, 0, 2, 0]]);
  });

  test("do not show refusals as damage after a pause where every frame was whole", () => {
    const refusing = { ...certificate, badCrc: 0, short: 0, silent: 0, exceptions: 3 };

    expect(gapBars(refusing)).toMatchObject([{ good: 18, refused: 2, bad: 0 }]);
  });

  test("show a share as finely as its limit", () => {
    expect([0, 0.0008, 0.001, 0.31, 1].map(percent)).toEqual(["0.00", "0.08", "0.10", "31.0", "100"]);
  });

  test("part what is wrong from what to do", () => {
    expect(headAndRest("Late by 1.5 ms. Wait longer. Then try.")).toEqual([
      "Late by 1.5 ms.",
      "Wait longer. Then try.",
    ]);
    expect(headAndRest("总线悬空。请检查。")).toEqual(["总线悬空。", "请检查。"]);
    expect(headAndRest("All is well")).toEqual(["All is well", ""]);
  });
});
