import { describe, expect, test } from "vitest";
import type { TagView } from "#contract/views.ts";
import type { Address } from "#domain/tag/address.ts";
import { filterTags, freeName, groupRows, orderTags } from "#renderer/steps/tags/tagRows.ts";

function row(index: number, group: string, name: string, address: Partial<Address>, unit = ""): TagView {
  const whole: Address = { unit: 1, area: "holding", offset: 0, ...address };
  return {
    key: `l1/${group}/${name}`,
    index,
    printed: `${whole.unit}!4${String(whole.offset + 1).padStart(5, "0")}`,
    tag: {
      line: "l1",
      group,
      name,
      address: whole,
      type: "uint16",
      access: ["read"],
      scale: 1,
      bias: 0,
      precision: 0,
      unit,
      description: "",
    },
  };
}

const rows = [
  row(0, "pump", "flow10", { unit: 3, offset: 101 }, "l/s"),
  row(1, "pump", "flow2", { unit: 3, offset: 9 }, "l/s"),
  row(2, "feeder", "voltage", { unit: 1, area: "input", offset: 200 }, "V"),
];

function namesOf(found: readonly TagView[]): readonly string[] {
  return found.map((found) => found.tag.name);
}

describe("filtering tags", () => {
  test.each(["400010", "40010", "4x0010", "3!400010", "@9", "0x9", "hr:9", "%MW9", "09h"])(
    "%s finds what lies at that register and not what is written like it",
    (text) => {
      expect(namesOf(filterTags(rows, text, undefined))).toEqual(["flow2"]);
    },
  );

  test("a value of several registers is found by each of them, and a bare number only by its name", () => {
    const wide = row(3, "pump", "energy", { offset: 20 });
    const all = [...rows, { ...wide, tag: { ...wide.tag, type: "uint64" as const } }];

    expect(namesOf(filterTags(all, "40024", undefined))).toEqual(["energy"]);
    expect(namesOf(filterTags(all, "40025", undefined))).toEqual([]);
    expect(namesOf(filterTags(all, "10", undefined))).toContain("flow10");
  });

  test("every word must occur, in the name, the address or the unit", () => {
    expect(namesOf(filterTags(rows, "PUMP l/s 00010", undefined))).toEqual(["flow2"]);
    expect(namesOf(filterTags(rows, "pump volt", undefined))).toEqual([]);
  });

  test("a group narrows what the words find", () => {
    expect(namesOf(filterTags(rows, "", "l1/feeder"))).toEqual(["voltage"]);
  });

  test("no words and no group give the rows themselves", () => {
    expect(filterTags(rows, "  ", undefined)).toBe(rows);
  });
});

describe("ordering tags", () => {
  test("names count like people do: 2 before 10", () => {
    expect(namesOf(orderTags(rows, { column: "name", falling: false }))).toEqual([
      "flow2",
      "flow10",
      "voltage",
    ]);
  });

  test("addresses go by unit, area and offset, not by their text", () => {
    expect(namesOf(orderTags(rows, { column: "address", falling: false }))).toEqual([
      "voltage",
      "flow2",
      "flow10",
    ]);
  });

  test("equal rows keep their place when falling too", () => {
    expect(namesOf(orderTags(rows, { column: "unit", falling: true }))).toEqual([
      "voltage",
      "flow10",
      "flow2",
    ]);
  });
});

test("groups come with their line's name, interval and number of tags", () => {
  const line = {
    id: "l1",
    name: "feeders",
    kind: "tcp" as const,
    host: "10.0.0.1",
    port: 502,
    units: [],
    timeoutMs: 500,
  };
  const groups = [
    { line: "l1", name: "pump", intervalMs: 1000 },
    { line: "l2", name: "lost", intervalMs: 1000 },
  ];

  expect(groupRows([line], groups, rows)).toEqual([
    { key: "l1/pump", line: "l1", lineName: "feeders", name: "pump", intervalMs: 1000, tags: 2 },
  ]);
});

test("a new tag's name is free in its group", () => {
  expect(freeName([row(0, "pump", "tag3", {}), row(1, "pump", "x", {})], "l1/pump")).toBe("tag4");
  expect(freeName([], "l1/pump")).toBe("tag1");
});
