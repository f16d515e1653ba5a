import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { guarded, plain } from "#domain/tag/formulaGuard.ts";
import { tagKey } from "#domain/tag/tag.ts";
import { anyTag } from "../tag/anyTag.ts";
import { printTagTable, readTagTable } from "./reading.ts";

const lines = [
  { id: "a", name: "=Line '1'" },
  { id: "b", name: "a" },
];
const context = { lines, defaultLine: "a", existing: [] };

describe("any tags", () => {
  test("printed as a table and read again are the same tags", () => {
    const someTags = fc.uniqueArray(anyTag, { selector: tagKey, minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(someTags, fc.boolean(), (tags, marked) => {
        const printed = `${marked ? "\uFEFF" : ""}${printTagTable(tags, [], lines)}`;
        const table = readTagTable(printed, { ...context, existing: tags });

        expect(table.problems).toEqual([]);
        expect(table.tags).toEqual(tags);
        expect(table.changes.same).toHaveLength(tags.length);
      }),
      { numRuns: 300 },
    );
  });

  test("printed as a table hold no cell that a spreadsheet runs as a formula", () => {
    fc.assert(
      fc.property(anyTag, ({ name, description, group }) => {
        for (const text of [name, description, group]) expect(guarded(text)).not.toMatch(/^[=+\-@]/);
      }),
    );
  });
});

test("a guarded text is given back as it was, apostrophes and all", () => {
  for (const text of ["=1", "'=1", "''-x", "'x'", "''", "'", "", "+", "a=1"]) {
    expect(plain(guarded(text))).toBe(text);
  }
});

test("a formula sign that a person escaped is the sign alone", () => {
  expect(plain("'-5")).toBe("-5");
});

describe("any text at all", () => {
  const pieces = fc.constantFrom(
    "name,address,type\n",
    "name;address;type;decimal\r\n",
    "a,1!400001,INT16\n",
    "1!400001",
    "INT16",
    '"',
    '""',
    ",",
    ";",
    "\t",
    "\r",
    "\n",
    "\0",
    "\ud800",
    "\uFEFF",
    "'=",
    "__proto__",
  );
  const text = fc.oneof(
    fc.array(fc.oneof(pieces, fc.string()), { maxLength: 30 }).map((parts) => parts.join("")),
    fc.string({ unit: "binary", maxLength: 200 }),
  );

  test("read as a table gives good tags and problems with rows, and never throws", () => {
    fc.assert(
      fc.property(text, (one) => {
        const table = readTagTable(one, context);

        const keys = table.tags.map(tagKey);
        expect(new Set(keys).size).toBe(keys.length);
        expect(table.tags.length).toBeLessThanOrEqual(table.rows);
        expect(table.tags.length > 0 || table.problems.length > 0).toBe(true);
        for (const { code, at } of table.problems)
          expect(code === "table.empty" || code === "table.damaged" || (at?.row ?? 0) >= 1).toBe(true);
      }),
      { numRuns: 1000 },
    );
  });
});
