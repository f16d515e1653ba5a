import { describe, expect, test } from "vitest";
import { draftOf, draftProblems, emptyLine, lineOf } from "#renderer/steps/line/lineDraft.ts";
import {
  canBeAdded,
  goesOnFrom,
  proposedName,
  type ScanJob,
  scanOf,
  unitMarks,
  unitRows,
  withUnit,
} from "#renderer/steps/line/unitRows.ts";
import { unitsText } from "#renderer/steps/line/unitsText.ts";
import { line } from "#renderer/words/en/line.ts";
import { scanDone, scanRefused, scanRunning, trainingSite } from "../../../support/page/trainingItems.ts";

const [rtu] = trainingSite.head.lines;
if (!rtu) throw new Error("the training site has a line");

describe("the units of a line", () => {
  const rows = unitRows(rtu, scanDone as ScanJob);
  const row = (number: number) => {
    const found = rows.find((candidate) => candidate.number === number);
    if (!found) throw new Error(`no row for unit ${number}`);
    return found;
  };

  test("join what the site knows with what the scan heard, by number", () => {
    expect(rows.map((one) => one.number)).toEqual([1, 3, 17, 42, 60]);
    expect(row(1)).toMatchObject({ name: "Energy meter", latencyMs: 12, answer: "data", inSite: true });
    expect(row(42)).toMatchObject({ answer: "exception", latencyMs: null, inSite: false });
  });

  test("call a unit silent only after it was asked", () => {
    expect(row(60).answer).toBe("notHeard");
    expect(unitRows(rtu, scanRefused as ScanJob).find((one) => one.number === 60)?.answer).toBe("notAsked");
  });

  test("are drawn by what they answered", () => {
    const marks = unitMarks(rows);

    expect([1, 42, 60].map((unit) => marks.get(unit)?.state)).toEqual(["ok", "warn", "bad"]);
  });

  test("are doubtful where no frame was whole, and then nothing to add; twice answered they still are a unit", () => {
    const suspects = [
      { number: 3, reason: "twice" as const },
      { number: 9, reason: "garbled" as const },
    ];
    const scan = { ...scanDone, detail: { ...scanDone.detail, suspects } } as ScanJob;
    const doubtful = unitRows(rtu, scan).filter((one) => one.suspicion);

    expect(doubtful).toMatchObject([
      { number: 3, answer: "data", inSite: true },
      { number: 9, answer: "garbled", inSite: false },
    ]);
    expect(doubtful.map(canBeAdded)).toEqual([false, false]);
    expect([...unitMarks(doubtful).values()].map(({ state }) => state)).toEqual(["bad", "bad"]);
  });

  test("go to a sheet by columns, which no device's own words can break or make a formula", () => {
    const rowsToCopy = [row(1), { ...row(42), name: "", identity: "=1+1\tX\nY" }];

    expect(unitsText(rowsToCopy, line).split("\n")).toEqual([
      "Unit\tDevice\tIdentity\tSerial number\tLatency ms\tAnswer",
      "1\tEnergy meter\tLastmile EM-3 1.4\tEM-0042\t12\tData",
      "42\t\t'=1+1 X Y\t\t\tException",
    ]);
  });

  test("keep their order when one is added, and replace one of the same number", () => {
    const units = withUnit(rtu, row(42), " Valve ");

    expect(units.map((unit) => unit.number)).toEqual([1, 3, 17, 42, 60]);
    expect(units.find((unit) => unit.number === 42)?.name).toBe("Valve");
    expect(withUnit({ ...rtu, units }, row(42), "Other")).toHaveLength(5);
  });

  test("are proposed under what they say of themselves, without a version", () => {
    expect(proposedName({ ...row(42), name: "", identity: "Acme EM-3 v1.4.2" })).toBe("Acme EM-3");
    expect(proposedName({ ...row(42), name: "", identity: "" })).toBe("");
  });

  test("come from the newest scan of this line", () => {
    const older = { ...scanRefused, key: "old", startedAt: scanRunning.startedAt - 1 };

    expect(scanOf([scanRunning, older], "line-1")?.key).toBe(scanRunning.key);
    expect(scanOf([scanRunning], "line-2")).toBeUndefined();
  });
});

test.each([
  [scanDone, undefined],
  [scanRunning, undefined],
  [scanRefused, undefined],
  [{ ...scanRunning, state: "cancelled" as const }, 172],
  [{ ...scanRunning, state: "interrupted" as const }, 172],
  [{ ...scanDone, state: "cancelled" as const }, undefined],
])("a stopped scan says from which unit it goes on (%#)", (job, expected) => {
  expect(goesOnFrom(job as ScanJob)).toBe(expected);
});

describe("the form of a line", () => {
  test("gives the line back as it was", () => {
    for (const line of trainingSite.head.lines) {
      expect(lineOf(draftOf(line), line, trainingSite.head.lines)).toEqual(line);
    }
  });

  test("names what is missing for the kind that is chosen", () => {
    expect(draftProblems({ ...emptyLine(0), name: " " })).toEqual({ name: "nameNeeded", port: "portNeeded" });
    expect(draftProblems({ ...emptyLine(0), kind: "tcp" })).toEqual({ host: "hostNeeded" });
  });

  test("gives a new line an id that no other has", () => {
    const lines = [{ ...rtu, id: "line-2" }];

    expect(lineOf({ ...emptyLine(1), serialPort: "COM3" }, undefined, lines).id).toBe("line-3");
  });
});
