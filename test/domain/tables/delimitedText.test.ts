import fc from "fast-check";
import Papa from "papaparse";
import { describe, expect, test } from "vitest";
import { runThrough } from "#domain/sliced.ts";
import { printDelimitedText, readDelimitedText } from "#domain/tables/delimitedText.ts";

const cell = fc.string({
  unit: fc.constantFrom("a", "9", '"', ",", ";", "\n", "\r\n", " ", "电", "|", "\t"),
});
const cells = fc.array(fc.array(cell, { minLength: 2, maxLength: 5 }), { minLength: 1, maxLength: 8 });

describe("delimited text", () => {
  test("printed and read again is the same cells, whatever is in them", () => {
    fc.assert(
      fc.property(cells, (rows) => {
        const text = runThrough(printDelimitedText(rows));

        expect(runThrough(readDelimitedText(text, ",")).rows).toEqual(rows);
      }),
      { numRuns: 2_000 },
    );
  });

  test("that is well formed is read as papaparse reads it", () => {
    fc.assert(
      fc.property(cells, fc.constantFrom(",", ";", "\t", "|"), (rows, delimiter) => {
        const text = rows
          .map((row) => row.map((one) => `"${one.replaceAll('"', '""')}"`).join(delimiter))
          .join("\r\n");
        const theirs = Papa.parse<string[]>(text, { delimiter, newline: "\r\n" });

        expect(runThrough(readDelimitedText(text, delimiter as ",")).rows).toEqual(theirs.data);
      }),
      { numRuns: 2_000 },
    );
  });

  test("of any kind is read to its end", () => {
    fc.assert(
      fc.property(
        fc.array(cell).map((parts) => parts.join("")),
        (text) => {
          const { rows, problems } = runThrough(readDelimitedText(text));

          expect(rows.length).toBeLessThanOrEqual(text.length + 1);
          for (const { at } of problems) expect(at?.row).toBeLessThanOrEqual(rows.length);
        },
      ),
      { numRuns: 2_000 },
    );
  });

  test.each([
    [
      "a|b\n1|2\n",
      [
        ["a", "b"],
        ["1", "2"],
      ],
    ],
    [
      "a|b\r1|2",
      [
        ["a", "b"],
        ["1", "2"],
      ],
    ],
    ["a|b\r\n\r\n1|2\r\n", [["a", "b"], [""], ["1", "2"]]],
    [
      'a|b\n"x|y"|"1""2"\n',
      [
        ["a", "b"],
        ["x|y", '1"2'],
      ],
    ],
    [
      'a|b\n5" pipe|2\n',
      [
        ["a", "b"],
        ['5" pipe', "2"],
      ],
    ],
  ])("%j", (text, rows) => {
    expect(runThrough(readDelimitedText(text, "|"))).toMatchObject({ rows, problems: [] });
  });

  test("with text behind a closing quotation mark keeps it and says where", () => {
    const { rows, problems } = runThrough(readDelimitedText('a,b\n"x" y,2\n', ","));

    expect(rows).toEqual([
      ["a", "b"],
      ["x y", "2"],
    ]);
    expect(problems).toMatchObject([{ code: "input.invalid", at: { row: 2 } }]);
  });
});
