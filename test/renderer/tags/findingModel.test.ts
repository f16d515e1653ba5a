import { expect, test } from "vitest";
import {
  cellMarks,
  type FindingView,
  groupFindings,
  joinFixes,
  placeOf,
} from "#renderer/steps/tags/findings/findingModel.ts";

const none = { tag: null, line: null, group: null, field: null, fix: null };

function precise(key: string): FindingView {
  return {
    ...none,
    id: "tag.precision.missing",
    severity: "notice",
    tag: key,
    field: "precision",
    facts: { name: key },
    fix: { kind: "changeTags", changes: [{ keys: [key], to: { precision: 3 } }] },
  };
}
const slow = (group: string): FindingView => ({
  ...none,
  id: "group.interval.late",
  severity: "warning",
  line: "rtu",
  group,
  facts: { group, line: "rtu", intervalMs: 100, leastMs: 300 },
  fix: { kind: "setInterval", line: "rtu", group, intervalMs: 300 },
});

test("findings of one kind stand together, with how many there are in all", () => {
  const groups = groupFindings({
    counts: { error: 0, warning: 1, notice: 90 },
    byId: { "group.interval.late": 1, "tag.precision.missing": 90 },
    findings: [slow("fast"), precise("l/g/a"), precise("l/g/b")],
  });

  expect(groups.map(({ id, total, fixes }) => [id, total, fixes.length])).toEqual([
    ["group.interval.late", 1, 1],
    ["tag.precision.missing", 90, 2],
  ]);
});

test("changes of tags become one edit; intervals stay one edit each", () => {
  const fixes = [precise("a"), slow("one"), precise("b"), slow("two")].flatMap(({ fix }) => fix ?? []);

  expect(joinFixes(fixes)).toEqual([
    {
      kind: "changeTags",
      changes: [
        { keys: ["a"], to: { precision: 3 } },
        { keys: ["b"], to: { precision: 3 } },
      ],
    },
    { kind: "setInterval", line: "rtu", group: "one", intervalMs: 300 },
    { kind: "setInterval", line: "rtu", group: "two", intervalMs: 300 },
  ]);
});

test("a finding marks its cell, or the name where its column is not shown; the worst names the cell", () => {
  const worse: FindingView = {
    ...precise("l/g/a"),
    id: "tag.name.duplicate",
    severity: "error",
    field: "name",
    facts: { name: "a", group: "g" },
  };

  const narrow = cellMarks([worse, precise("l/g/a")], new Set(["name"]), "en");
  expect([...narrow.keys()]).toEqual(["l/g/a\nname"]);
  expect(narrow.get("l/g/a\nname")?.severity).toBe("error");
  expect(narrow.get("l/g/a\nname")?.says).toContain("no precision");

  const wide = cellMarks([worse, precise("l/g/a")], new Set(["name", "precision"]), "zh");
  expect([...wide.keys()]).toEqual(["l/g/a\nname", "l/g/a\nprecision"]);
});

test("a finding is about a tag by its name, or about a group", () => {
  expect(placeOf(precise("rtu/pump/pump/flow"))).toBe("pump/flow");
  expect(placeOf(slow("fast"))).toBe("fast");
});
