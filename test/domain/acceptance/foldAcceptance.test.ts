import { describe, expect, test } from "vitest";
import type { Act } from "#domain/acceptance/act.ts";
import { type EvidenceLine, foldAcceptance } from "#domain/acceptance/foldAcceptance.ts";
import { type Standing, standingOf } from "#domain/acceptance/grade.ts";
import { refuseAct, refuseSignature } from "#domain/acceptance/refuseAct.ts";
import { tagKey } from "#domain/tag/tag.ts";
import type { VerdictState } from "#domain/verify/tagCheck.ts";
import { pumpSite } from "../site/pumpSite.ts";
import { smallChecklist } from "./lists.ts";

const by = "Li Wei";
const cut = "small/power/cut";
const label = "small/power/label";
const site = { tags: pumpSite.tags.slice(0, 2) };
const [first = "", second = ""] = site.tags.map(tagKey);

const planned: EvidenceLine = { at: 1, kind: "acceptance.planned", body: { checklists: [smallChecklist] } };
let at = 1;
const recorded = (act: object): EvidenceLine => ({
  at: ++at,
  kind: "acceptance.recorded",
  body: { photos: [], note: "", by, ...act },
});
const check = (item: string, result: string, note = "") => recorded({ act: "check", item, result, note });
const bare = (act: object): EvidenceLine => ({
  at: ++at,
  kind: "acceptance.recorded",
  body: act as EvidenceLine["body"],
});
const verified = (...points: readonly (readonly [key: string, state: VerdictState])[]): EvidenceLine => ({
  at: ++at,
  kind: "job.verified",
  body: { points: points.map(([key, state]) => ({ key, state })) },
});
const signed = (role: string): EvidenceLine => ({
  at: ++at,
  kind: "acceptance.signed",
  body: { role, name: by, company: "", at, grade: "open", lines: 3, head: "h", key: "", signature: "" },
});

const test1 = {
  result: "pass",
  stimulus: { kind: "none", applied: "", instrument: "", calibratedOn: "" },
  expected: "1",
  tolerance: "",
  shown: "1",
  alarms: [],
  write: null,
} as const;
const point = (tag: string, result: string): EvidenceLine =>
  recorded({ act: "point", tag, test: { ...test1, result } });

function standing(lines: readonly EvidenceLine[]): Standing {
  const latest = new Map<string, { state: VerdictState; at: number }>();
  for (const line of lines)
    if (line.kind === "job.verified")
      for (const { key, state } of line.body.points as { key: string; state: VerdictState }[])
        latest.set(key, { state, at: line.at });
  return standingOf(site, foldAcceptance(lines), latest);
}

const allGood = [verified([first, "same"], [second, "same"]), planned, check(cut, "ok"), check(label, "na")];

describe("the fold of an acceptance test", () => {
  test("keeps every attempt, and a good retest closes what a bad one opened", () => {
    const state = foldAcceptance([planned, check(cut, "nok", "dark"), check(cut, "nok"), check(cut, "ok")]);

    expect(state.checks[cut]?.map(({ result }) => result)).toEqual(["nok", "nok", "ok"]);
    expect(state.defects).toMatchObject([
      { number: 1, severity: "major", says: "dark", closed: { byRetest: true, by } },
    ]);
  });

  test("a defect that came back is a new one", () => {
    const state = foldAcceptance([planned, check(label, "nok"), check(label, "ok"), check(label, "nok")]);

    expect(state.defects.map(({ number, closed }) => [number, closed !== null])).toEqual([
      [1, true],
      [2, false],
    ]);
  });

  test("what Verify found bad is on the punch list from the start of the test, until it is the same", () => {
    const before = [verified([first, "differs"], [second, "same"]), planned];

    expect(foldAcceptance(before).defects).toMatchObject([{ about: { kind: "tag", tag: first } }]);
    const after = foldAcceptance([...before, verified([first, "same"], [second, "failed"])]);
    expect(after.defects).toMatchObject([
      { about: { tag: first }, closed: { byRetest: true } },
      { about: { tag: second }, closed: null },
    ]);
  });

  test("a person assigns and closes; a closed defect does not change any more", () => {
    const assign = { act: "assign", defect: 1, severity: "minor", owner: "Chen", due: "2026-12-01", by };
    const close = { act: "close", defect: 1, note: "mended", photos: [], by };
    const lines = [planned, check(cut, "nok"), bare(assign), bare(close), bare({ ...assign, owner: "Wu" })];

    expect(foldAcceptance(lines).defects).toMatchObject([
      { severity: "minor", owner: "Chen", due: "2026-12-01", closed: { note: "mended", byRetest: false } },
    ]);
  });

  test("opening again makes signatures void and keeps them", () => {
    const reopen = bare({ act: "reopen", reason: "cable moved", by });
    const state = foldAcceptance([planned, signed("tester"), signed("witness"), reopen]);

    expect(state.signatures).toEqual([]);
    expect(state.voided.map(({ role, reason }) => [role, reason])).toEqual([
      ["tester", "cable moved"],
      ["witness", "cable moved"],
    ]);
  });

  test("lines that mean nothing here change nothing", () => {
    const strange = [
      bare({ act: "explode", by }),
      check("small/power/gone", "ok"),
      bare({ act: "close", defect: 9, note: "x", photos: [], by }),
      { at: 9, kind: "job.scanned", body: { units: [] } },
    ];

    expect(foldAcceptance([planned, ...strange])).toEqual(foldAcceptance([planned]));
  });
});

describe("the grade", () => {
  test("is accepted when every item and every tag is judged good", () => {
    expect(standing(allGood)).toMatchObject({ grade: "accepted", good: true, coverage: 1, reasons: [] });
  });

  test("is of the proof alone where no test was planned", () => {
    expect(standing(allGood.slice(0, 1))).toMatchObject({ grade: "notHeld", good: true });
    expect(standing([verified([first, "same"])])).toMatchObject({ grade: "notHeld", good: false });
  });

  test("is conditional with minor things that somebody owns, and open without an owner", () => {
    const minor = [...allGood, check(label, "nok", "none")];
    const owned = bare({ act: "assign", defect: 1, severity: "minor", owner: "Chen", due: "", by });

    expect(standing(minor)).toMatchObject({ grade: "open", good: false });
    expect(standing([...minor, owned])).toMatchObject({
      grade: "conditional",
      good: true,
      reasons: [{ reason: "minorDefects", count: 1 }],
    });
  });

  test.each<[string, readonly EvidenceLine[], object]>([
    ["a major defect", [check(cut, "nok", "x")], { reason: "majorDefects", count: 1 }],
    ["a tag that went bad", [verified([first, "stale"])], { reason: "tagsUnproved", count: 1 }],
    [
      "a forced value",
      [bare({ act: "force", tag: first, value: "9", before: "1", by })],
      { reason: "forced", count: 1 },
    ],
  ])("is open with %s", (_, lines, reason) => {
    const found = standing([...allGood, ...lines]);

    expect(found).toMatchObject({ grade: "open", good: false });
    expect(found.reasons).toContainEqual(reason);
  });

  test("counts a tag by the last word on it, of Verify or of a person", () => {
    const bad = [...allGood, verified([first, "failed"])];

    expect(standing([...bad, point(first, "pass")]).tags).toMatchObject({ proved: 2, bad: 0 });
    expect(standing([...bad, point(first, "deferred")]).tags).toMatchObject({ proved: 1, deferred: 1 });
    expect(standing([...allGood, point(first, "pass"), verified([first, "failed"])]).tags).toMatchObject({
      bad: 1,
    });
  });
});

describe("an act is refused", () => {
  const hasTag = (key: string) => key === first;
  const act = (change: object) => ({ photos: [], note: "", by, ...change }) as unknown as Act;
  const open = foldAcceptance([planned, check(cut, "nok", "x")]);

  test.each<[string, object, string | undefined]>([
    ["an item of the plan", { act: "check", item: cut, result: "ok" }, undefined],
    ["an item of no plan", { act: "check", item: "x", result: "ok" }, "acceptance.itemUnknown"],
    ["not in order without a word", { act: "check", item: cut, result: "nok" }, "acceptance.noteMissing"],
    ["a tag of another site", { act: "force", tag: second, value: "", before: "" }, "acceptance.tagUnknown"],
    [
      "put off without a reason",
      { act: "point", tag: first, test: { ...test1, result: "deferred" } },
      "acceptance.noteMissing",
    ],
    ["released without being forced", { act: "release", tag: first, found: "" }, "acceptance.tagUnknown"],
    ["a defect that is not there", { act: "close", defect: 2 }, "acceptance.defectUnknown"],
  ])("or not: %s", (_, change, code) => {
    expect(refuseAct(open, act(change), hasTag)?.code).toBe(code);
  });

  test("before the test is planned and once it is signed", () => {
    const one = act({ act: "check", item: cut, result: "ok" });

    expect(refuseAct(foldAcceptance([]), one, hasTag)?.code).toBe("acceptance.notPlanned");
    const closed = foldAcceptance([planned, signed("tester")]);
    expect(refuseAct(closed, one, hasTag)?.code).toBe("acceptance.closed");
    expect(refuseAct(closed, act({ act: "reopen", reason: "" }), hasTag)).toBeUndefined();
  });

  test("nobody signs while a value is forced, and each role signs once", () => {
    const force = bare({ act: "force", tag: first, value: "9", before: "1", by });
    const forced = foldAcceptance([planned, force]);
    const released = foldAcceptance([planned, force, bare({ act: "release", tag: first, found: "1", by })]);

    expect(refuseSignature(forced, "tester", by)).toEqual({
      code: "acceptance.forcedLeft",
      tags: first,
      count: 1,
    });
    expect(refuseSignature(released, "tester", by)).toBeUndefined();
    expect(refuseSignature(released, "tester", " ")?.code).toBe("name.empty");
    const once = foldAcceptance([planned, signed("tester")]);
    expect(refuseSignature(once, "tester", by)?.code).toBe("acceptance.closed");
    expect(refuseSignature(once, "witness", by)).toBeUndefined();
  });
});
