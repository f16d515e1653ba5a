import { expect, test } from "vitest";
import { restoreOf, type WriteJob, writeOf } from "#renderer/steps/tags/writeJobs.ts";

const usual: WriteJob = {
  key: "a",
  state: "done",
  startedAt: 1,
  endedAt: 2,
  done: 3,
  total: 3,
  doing: null,
  leftMs: null,
  failure: null,
  good: true,
  detail: { kind: "write", tag: "plc/tank/limit", value: "4.2", before: "1.50", after: "4.20", stages: [] },
};
const job = (changes: Partial<WriteJob>, detail: Partial<WriteJob["detail"]> = {}): WriteJob => ({
  ...usual,
  ...changes,
  detail: { ...usual.detail, ...detail },
});
const fault = (code: string) => ({ kind: "fault" as const, code, facts: {} });

test("what was there before can be put back when it may not be there now", () => {
  expect(restoreOf(usual)).toBe("1.50");
  expect(restoreOf(job({ state: "interrupted" }, { after: null }))).toBe("1.50");
  expect(restoreOf(job({ state: "failed", failure: fault("line.lost") }, { after: null }))).toBe("1.50");
  expect(restoreOf(job({ state: "failed", failure: fault("line.writeNotKept") }, { after: "9" }))).toBe(
    "1.50",
  );
});

test("nothing is to be put back while it runs, when nothing was written, or when nothing changed", () => {
  expect(restoreOf(job({ state: "running" }))).toBeUndefined();
  expect(restoreOf(job({}, { after: "1.50" }))).toBeUndefined();
  expect(restoreOf(job({ state: "interrupted" }, { before: null, after: null }))).toBeUndefined();
  expect(restoreOf(job({ state: "cancelled" }, { after: null }))).toBeUndefined();
  for (const code of ["line.exception", "line.taken"])
    expect(restoreOf(job({ state: "failed", failure: fault(code) }, { after: null }))).toBeUndefined();
});

test("the newest write of the tag is shown, not another tag's", () => {
  const later = job({ key: "b", startedAt: 5 });
  const other = job({ key: "c", startedAt: 9 }, { tag: "plc/tank/level" });

  expect(writeOf([usual, later, other], "plc/tank/limit")?.key).toBe("b");
  expect(writeOf([other], "plc/tank/limit")).toBeUndefined();
});
