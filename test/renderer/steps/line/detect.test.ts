import { expect, test } from "vitest";
import type { CandidateView } from "#contract/lineViews.ts";
import { type DetectJob, detectOf, detectRows, settingsToUse } from "#renderer/steps/line/detectRows.ts";
import { scanDone, trainingSite } from "../../../support/page/trainingItems.ts";

const [rtu, plc] = trainingSite.head.lines;
if (!rtu || !plc) throw new Error("the training site has two lines");

const settings = (baudRate: number) => ({ baudRate, parity: "even", dataBits: 8, stopBits: 1 }) as const;

function candidate(baudRate: number, change: Partial<CandidateView>): CandidateView {
  return {
    settings: settings(baudRate),
    tried: true,
    frames: 0,
    strayBytes: 0,
    unit: null,
    certain: false,
    ...change,
  };
}

function detection(change: Partial<DetectJob["detail"]>): DetectJob {
  return {
    ...scanDone,
    key: "detect",
    detail: { kind: "detect", line: "line-1", passive: false, candidates: [], best: null, ...change },
  };
}

test("candidates stand by their evidence, the rest in the order of trying", () => {
  const rows = detectRows(
    detection({
      best: settings(9600),
      candidates: [
        candidate(1200, { tried: false }),
        candidate(2400, {}),
        candidate(4800, {}),
        candidate(38400, { strayBytes: 7 }),
        candidate(9600, { frames: 12, certain: true }),
        candidate(19200, { unit: 3 }),
      ],
    }).detail,
  );

  expect(rows.map((row) => [row.key, row.evidence.kind, row.mark])).toEqual([
    ["9600 8E1", "heard", "certain"],
    ["19200 8E1", "answered", "none"],
    ["38400 8E1", "stray", "none"],
    ["2400 8E1", "nothing", "none"],
    ["4800 8E1", "nothing", "none"],
    ["1200 8E1", "notTried", "none"],
  ]);
});

test("the best is only likely where it is not certain", () => {
  const { detail } = detection({ best: settings(9600), candidates: [candidate(9600, { frames: 1 })] });

  expect(detectRows(detail)[0]?.mark).toBe("likely");
});

test("settings are offered once they are found, and only where the line has others", () => {
  expect(settingsToUse(rtu, detection({ best: settings(9600) }))).toEqual(settings(9600));
  expect(settingsToUse(rtu, detection({ best: settings(19200) }))).toBeUndefined();
  expect(settingsToUse(rtu, { ...detection({ best: settings(9600) }), state: "running" })).toBeUndefined();
  expect(settingsToUse(plc, detection({ best: settings(9600) }))).toBeUndefined();
});

test("the newest detection is the one of its line", () => {
  const older = { ...detection({}), key: "old", startedAt: 1 };

  expect(detectOf([detection({}), older], "line-1")?.key).toBe("detect");
  expect(detectOf([older], "line-2")).toBeUndefined();
});
