import { describe, expect, test } from "vitest";
import type { CertificateView } from "#contract/views.ts";
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
import { unitMarks, unitRows } from "#renderer/steps/line/unitRows.ts";
import { scanDone, trainingSite } from "../../../support/page/trainingItems.ts";

const certificate: CertificateView = {
  unit: 17,
  asked: 240,
  good: 236,
  badCrc: 2,
  short: 1,
  long: 0,
  silent: 1,
  exceptions: 0,
  echo: false,
  idleBytes: 0,
  idleMs: 4000,
  badShare: 3 / 239,
  limit: 0.001,
  latenciesMs: [12, 14, 16],
  byLength: [{ registers: 125, asked: 60, good: 56, badCrc: 2, silent: 1 }],
  byGap: [{ gapMs: 20, asked: 20, good: 18 }],
  damage: { first: 0, middle: 1, last: 0 },
  verdict: "bad",
  says: { code: "cause.noise", facts: {} },
};

function job(key: string, startedAt: number, change: Partial<QualityJob>, unit = 17): QualityJob {
  return {
    ...scanDone,
    key,
    startedAt,
    state: "done",
    detail: { kind: "quality", line: "line-1", unit, certificate: { ...certificate, unit } },
    ...change,
  };
}

describe("the certificates of a line", () => {
  const first = job("a", 1, {});
  const again = job("b", 2, {
    state: "running",
    detail: { kind: "quality", line: "line-1", unit: 17, certificate: null },
  });
  const other = job("c", 3, {}, 3);
  const elsewhere = job("d", 4, { detail: { kind: "quality", line: "line-2", unit: 17, certificate } });

  test("stand by unit while one is made again", () => {
    expect([...certificatesOf([first, again, other, elsewhere], "line-1").keys()]).toEqual([17, 3]);
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
