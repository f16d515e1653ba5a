import { expect, test } from "vitest";
import { newLine } from "#domain/site/newSite.ts";
import { differencesOf, withNamedPlace } from "#renderer/steps/handover/plan.ts";

test("differences count nodes and tags of all three kinds", () => {
  const plan = {
    equal: false,
    nodes: { add: ["uplink"], change: [], remove: ["old", "older"] },
    tags: { add: 12, change: 3, remove: 0 },
    problems: [],
  };

  expect(differencesOf(plan)).toBe(18);
});

test("a problem's place is told by name where the site has one", () => {
  const head = {
    lines: [newLine("tcp", "l1", "plc")],
    groups: [{ line: "l1", name: "fast", intervalMs: 50 }],
  };
  const at = (field: string) =>
    withNamedPlace({ kind: "problem", code: "name.empty", facts: {}, at: { field } }, [], head).at?.field;

  expect(at("lines[0].host")).toBe("plc · host");
  expect(at("groups[0]")).toBe("fast");
  expect(at("tags[7].address")).toBe("tags[7].address");
  expect(at("uplink.host")).toBe("uplink.host");
});
