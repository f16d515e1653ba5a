import { describe, expect, test } from "vitest";
import { editSite } from "#domain/site/edit.ts";
import { tagKey } from "#domain/tag/tag.ts";
import { pumpSite } from "./pumpSite.ts";

const [first, second] = pumpSite.tags;
if (!first || !second) throw new Error("the pump site has tags");

describe("changing many tags at once", () => {
  test("the same fields go to every named tag and nothing else changes", () => {
    const edited = editSite(pumpSite, {
      kind: "changeTags",
      changes: [{ keys: [tagKey(first), tagKey(second)], to: { unit: "kPa", scale: 0.5 } }],
    });

    if (!edited.ok) throw new Error(edited.problem.code);
    expect(edited.value.tags).toEqual(
      pumpSite.tags.map((tag, index) => (index < 2 ? { ...tag, unit: "kPa", scale: 0.5 } : tag)),
    );
  });

  test("tags may trade names", () => {
    const swapped = editSite(pumpSite, {
      kind: "changeTags",
      changes: [
        { keys: [tagKey(first)], to: { group: second.group, name: second.name } },
        { keys: [tagKey(second)], to: { group: first.group, name: first.name } },
      ],
    });

    if (!swapped.ok) throw new Error(swapped.problem.code);
    expect(swapped.value.tags.slice(0, 2).map(tagKey)).toEqual([tagKey(second), tagKey(first)]);
  });

  test("two tags of one name, or a line that is not there, are refused and change nothing", () => {
    const twins = editSite(pumpSite, {
      kind: "changeTags",
      changes: [{ keys: [tagKey(first), tagKey(second)], to: { group: "a", name: "same" } }],
    });
    const astray = editSite(pumpSite, {
      kind: "changeTags",
      changes: [{ keys: [tagKey(first)], to: { line: "nowhere" } }],
    });

    expect(!twins.ok && twins.problem.code).toBe("tag.duplicate");
    expect(!astray.ok && astray.problem.code).toBe("tag.lineUnknown");
  });

  test("a new group comes into being and an emptied one goes", () => {
    const keys = pumpSite.tags.filter((tag) => tag.group === "meter").map(tagKey);

    const moved = editSite(pumpSite, { kind: "changeTags", changes: [{ keys, to: { group: "mains" } }] });

    if (!moved.ok) throw new Error(moved.problem.code);
    const names = moved.value.groups.map((group) => group.name);
    expect(names).toContain("mains");
    expect(names).not.toContain("meter");
  });
});
