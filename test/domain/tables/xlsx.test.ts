import fc from "fast-check";
import { strToU8, zipSync } from "fflate";
import { describe, expect, test } from "vitest";
import { runThrough } from "#domain/sliced.ts";
import { printXlsx } from "#domain/tables/printXlsx.ts";
import { openXlsx } from "#domain/tables/readXlsx.ts";
import { ZipError } from "#domain/tables/zip.ts";
import { read, readFileOfTags } from "./reading.ts";
import { spreadsheet } from "./sheetParts.ts";

async function rowsOf(bytes: Uint8Array, name = "Tags"): Promise<readonly (readonly string[])[]> {
  return (await read((await read(openXlsx(bytes))).read(name))).rows;
}

const styles =
  '<numFmts count="2"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd\\ hh:mm"/><numFmt numFmtId="165" formatCode="0.0&quot;day&quot;;[Red]0"/></numFmts>' +
  '<cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="164"/><xf numFmtId="165"/><xf numFmtId="20"/></cellXfs>';

describe("a spreadsheet's cells", () => {
  test("of every kind are read as a person sees them", async () => {
    const bytes = spreadsheet({
      styles,
      strings: [
        "<si><t>plain</t></si>",
        '<si><r><rPr><b/></rPr><t>rich </t></r><r><t xml:space="preserve"> text</t></r><rPh sb="0" eb="1"><t>aid</t></rPh></si>',
        "<si><t>A &amp; B &#x7535;_x000A_</t></si>",
        "<si/>",
      ],
      rows:
        '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c><c r="C1" t="s"><v>2</v></c><c r="D1" t="s"><v>3</v></c></row>' +
        '<row r="3" spans="1:9"><c r="A3"><v>40001</v></c><c r="B3"><v>0.10000000000000001</v></c><c r="C3"><v>1E-3</v></c><c r="D3"><v>-1.5</v></c></row>' +
        '<row r="4"><c r="A4" s="1"><v>46349</v></c><c r="B4" s="2"><v>46349.5</v></c><c r="C4" s="3"><v>12.5</v></c><c r="D4" s="4"><v>0.3125</v></c><c r="E4" s="1"><v>59</v></c><c r="F4" s="1"><v>61</v></c></row>' +
        '<row r="5"><c r="A5" t="inlineStr"><is><t>in</t></is></c><c r="B5" t="inlineStr"><is><r><t>li</t></r><r><t>ne</t></r></is></c><c r="C5" t="str"><f>A1&amp;"x"</f><v>cached &lt;x&gt;</v></c><c r="D5"><f>SUM(A3)</f><v>7</v></c><c r="E5" t="b"><v>1</v></c><c r="F5" t="e"><v>#REF!</v></c><c r="G5" t="d"><v>2026-11-23</v></c></row>' +
        '<row r="6"><c r="AB6"><v>9</v></c></row><row r="7"/><row r="8"><c r="A8" s="1"/><c r="B8"><f>1/0</f></c><c r="C8"><v>3</v></c></row>',
    });

    const rows = await rowsOf(bytes);

    expect(rows.slice(0, 5)).toEqual([
      ["plain", "rich  text", "A & B 电\n"],
      [],
      ["40001", "0.1", "0.001", "-1.5"],
      ["2026-11-23", "2026-11-23 12:00", "12.5", "07:30", "1900-02-28", "1900-03-01"],
      ["in", "line", "cached <x>", "7", "TRUE", "#REF!", "2026-11-23"],
    ]);
    expect(rows[5]?.[27]).toBe("9");
    expect(rows.slice(6)).toEqual([[], ["", "", "3"]]);
  });

  test("that are dates of a file that counts from 1904 are the same days", async () => {
    const rows = '<row r="1"><c r="A1" s="1"><v>44887</v></c></row>';

    expect(await rowsOf(spreadsheet({ styles, rows, bookProperties: '<workbookPr date1904="1"/>' }))).toEqual(
      [["2026-11-23"]],
    );
  });

  test("without places, with prefixed names, or merged downwards are found", async () => {
    expect(
      await rowsOf(
        spreadsheet({ rows: "<row><c><v>1</v></c><c><v>2</v></c></row><row><c><v>3</v></c></row>" }),
      ),
    ).toEqual([["1", "2"], ["3"]]);
    const merged = spreadsheet({
      rows: '<row r="1"><c r="A1"><v>7</v></c><c r="B1"><v>1</v></c></row><row r="2"><c r="B2"><v>2</v></c></row><row r="3"><c r="B3"><v>3</v></c></row>',
      after: '<mergeCells count="2"><mergeCell ref="A1:A2"/><mergeCell ref="A3:C3"/></mergeCells>',
    });
    expect(await rowsOf(merged)).toEqual([
      ["7", "1"],
      ["7", "2"],
      ["", "3"],
    ]);
    const files = {
      "xl/workbook.xml":
        '<x:workbook xmlns:x="m" xmlns:r="r"><x:sheets><x:sheet name="Tags" sheetId="1" r:id="R1"/></x:sheets></x:workbook>',
      "xl/_rels/workbook.xml.rels":
        '<Relationships><Relationship Id="R1" Target="/xl/worksheets/sheet1.xml"/></Relationships>',
      "xl/sharedStrings.xml": '<x:sst xmlns:x="m"><x:si><x:t>name</x:t></x:si></x:sst>',
      "xl/worksheets/sheet1.xml":
        '<x:worksheet xmlns:x="m"><x:sheetData><x:row r="1"><x:c r="A1" t="s"><x:v>0</x:v></x:c><x:c r="B1"><x:v>5</x:v></x:c></x:row></x:sheetData></x:worksheet>',
    };
    const prefixed = zipSync(
      Object.fromEntries(Object.entries(files).map(([path, text]) => [path, strToU8(text)])),
    );
    expect(await rowsOf(prefixed)).toEqual([["name", "5"]]);
  });

  test("printed and read again are the same, whatever is in them", async () => {
    const text = fc.string({
      unit: fc.constantFrom(
        "a",
        "<",
        "&",
        '"',
        "_x000A_",
        "_",
        "x",
        "\u0001",
        "\n",
        "\t",
        "\r",
        "电",
        "😀",
        "]]>",
        "'",
      ),
      maxLength: 12,
    });
    const number = fc.double({ noNaN: true, noDefaultInfinity: true }).map((one) => one + 0);
    const cells = fc.array(fc.array(fc.oneof(text, number), { minLength: 1, maxLength: 30 }), {
      minLength: 1,
      maxLength: 6,
    });
    await fc.assert(
      fc.asyncProperty(cells, async (rows) => {
        const trimmed = (row: readonly (string | number)[]) => {
          const texts = row.map(String);
          while (texts.at(-1) === "") texts.pop();
          return texts;
        };

        expect(await rowsOf(runThrough(printXlsx("Tags", rows)))).toEqual(rows.map(trimmed));
      }),
      { numRuns: 300 },
    );
  });

  test("are the same in how many pieces ever they come", async () => {
    const rows = Array.from({ length: 5_000 }, (_, at) => [
      `name ${at} ${"é电".repeat(at % 7)}`,
      at,
      at / 10,
    ]);

    expect(await rowsOf(runThrough(printXlsx("Tags", rows)))).toEqual(rows.map((row) => row.map(String)));
  });
});

describe("a spreadsheet that is not whole", () => {
  const lines = [{ id: "a", name: "A" }];
  const context = { lines, defaultLine: "a", existing: [] };
  const good = runThrough(
    printXlsx("Tags", [
      ["name", "address", "type"],
      ["flow", "1!400001", "INT16"],
    ]),
  );

  test("is a problem and no tag, wherever it is cut or damaged", async () => {
    for (let length = 4; length < good.length; length += 7) {
      const { table } = await readFileOfTags(good.slice(0, length), context);
      expect([table.tags, table.problems[0]?.code]).toEqual([[], "table.damaged"]);
    }
    await fc.assert(
      fc.asyncProperty(fc.nat({ max: good.length - 1 }), fc.nat({ max: 255 }), async (at, byte) => {
        const damaged = good.slice();
        damaged[at] = byte;
        const { table } = await readFileOfTags(damaged, context);
        expect(table.tags.length > 0 || table.problems.length > 0).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  test("or inflates without end, is refused before it fills the memory", async () => {
    const bomb = zipSync(
      {
        "xl/workbook.xml": strToU8('<workbook><sheets><sheet name="Tags" r:id="rId1"/></sheets></workbook>'),
        "xl/_rels/workbook.xml.rels": strToU8('<Relationship Id="rId1" Target="worksheets/sheet1.xml"/>'),
        "xl/worksheets/sheet1.xml": new Uint8Array(40 * 1024 * 1024),
      },
      { level: 9 },
    );
    expect(bomb.length).toBeLessThan(1024 * 1024);

    await expect(rowsOf(bomb)).rejects.toThrow(ZipError);
    expect((await readFileOfTags(bomb, context)).table.problems).toEqual([
      { code: "table.damaged", reason: "tooLarge" },
    ]);
  });

  test("is old, protected, or has no such sheet: each is said", async () => {
    const old = new Uint8Array([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1, 0]);
    expect((await readFileOfTags(old, context)).table.problems).toEqual([
      { code: "table.damaged", reason: "oldExcel" },
    ]);
    const locked = good.slice();
    const view = new DataView(locked.buffer);
    for (let at = 0; at < locked.length - 4; at++)
      if (view.getUint32(at, true) === 0x02014b50) locked[at + 8] = (locked[at + 8] ?? 0) | 1;
    expect((await readFileOfTags(locked, context)).table.problems).toEqual([
      { code: "table.damaged", reason: "encrypted" },
    ]);
    expect((await readFileOfTags(good, context, { sheet: "Sheet 9" })).table.problems).toEqual([
      { code: "table.sheetUnknown", sheet: "Sheet 9" },
    ]);
  });

  test("with several sheets gives the one that holds tags, and no hidden one", async () => {
    const cellsOf = (cells: readonly string[]) =>
      `<row>${cells.map((one) => `<c t="inlineStr"><is><t>${one}</t></is></c>`).join("")}</row>`;
    const body = (name: string) =>
      `<sheetData>${cellsOf(["name", "address", "type"])}${cellsOf([name, "1!400001", "INT16"])}</sheetData>`;
    const bytes = spreadsheet({
      rows: cellsOf(["Revision 3"]),
      more: { Points: body("flow"), Old: body("old") },
      hidden: ["Old"],
    });

    const { sheets, sheet, table } = await readFileOfTags(bytes, context);

    expect([sheets, sheet, table.tags.map(({ name }) => name)]).toEqual([
      ["Tags", "Points"],
      "Points",
      ["flow"],
    ]);
  });
});
