import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import type { TagTable } from "#domain/tables/collectTags.ts";
import type { Tag } from "#domain/tag/tag.ts";
import { printTagTable, readTagTable } from "./reading.ts";

const lines = [
  { id: "rtu", name: "Meters" },
  { id: "plc", name: "Pump PLC" },
];

function read(text: string, existing: readonly Tag[] = []): TagTable {
  return readTagTable(text, { lines, defaultLine: "rtu", existing });
}

const header = "group,name,address,attribute,type,description,decimal,precision";

describe("a tag table", () => {
  test("that ships with the training site gives 40 tags and no problem", () => {
    const csv = readFileSync(new URL("../../../resources/training-site/tags.csv", import.meta.url), "utf8");

    const table = readTagTable(csv, {
      lines: [
        { id: "rtu", name: "rtu" },
        { id: "plc", name: "plc" },
      ],
      defaultLine: "rtu",
      existing: [],
    });

    expect(table.problems).toEqual([]);
    expect(table.tags).toHaveLength(40);
    expect(table.rows).toBe(40);
  });

  test("with a wrong address in row 17 says row, column and reason, and gives the other rows", () => {
    const rows = Array.from({ length: 20 }, (_, index) => {
      const row = index + 2;
      return `g,t${row},${row === 17 ? "1!500017" : `1!4000${row}`},Read,UINT16,,,`;
    });

    const table = read([header, ...rows].join("\r\n"));

    expect(table.tags).toHaveLength(19);
    expect(table.tags.map(({ name }) => name)).not.toContain("t17");
    expect(table.problems).toMatchObject([
      { code: "address.malformed", text: "1!500017", at: { row: 17, column: "address" } },
    ]);
  });

  test("counts blank lines and cells of several lines as a spreadsheet does", () => {
    const table = read(
      `\n${header}\n\ng,a,1!400001,Read,UINT16,"two\nlines",,\n,,,,,,,\ng,b,1!4,Read,UINT16,,,\n`,
    );

    expect(table.rows).toBe(2);
    expect(table.tags).toMatchObject([{ name: "a", description: "two\nlines" }]);
    expect(table.problems).toMatchObject([{ code: "address.malformed", at: { row: 6, column: "address" } }]);
  });

  test("takes the labels of the gateway's own sheet", () => {
    const table = read(
      [
        "group,name,address,attribute,type,description,decimal,precision,value",
        "g,a,1!400001.4,Read,BYTE,,,,",
        "g,b,1!400003#BL,Read Write Subscribe,FLOAT,Level,0.1,2,",
        "g,c,1!000001,Read Write,BIT,,0,0,",
        "g,d,1!400009.10H,Read,STRING,,,,",
      ].join("\n"),
    );

    expect(table.problems).toEqual([]);
    expect(table.tags).toMatchObject([
      { type: "bytes", address: { length: 4 }, access: ["read"] },
      { type: "float", scale: 0.1, precision: 2, access: ["read", "write", "subscribe"] },
      { type: "bit", scale: 1, precision: 0, address: { area: "coil" } },
      { type: "string", address: { length: 10, stringOrder: "H" } },
    ]);
  });

  test.each(["INT8", "UINT8", "BOOL", "WORD", "DWORD", "LWORD"])(
    "with %s is refused there: the gateway takes it and reads it wrong",
    (type) => {
      const { tags, problems } = read(`${header}\ng,a,1!400001,Read,${type},,,`);

      expect(tags).toEqual([]);
      expect(problems).toEqual([{ code: "tag.typeMisread", type, at: { row: 2, column: "type" } }]);
    },
  );

  test("may have Chinese headers and words", () => {
    const table = read(
      "组,名称,地址,属性,类型,描述,乘系数,精度\n水泵,出口压力,1!400001#BL,读写,FLOAT,管道,0.5,1\n",
    );

    expect(table.problems).toEqual([]);
    expect(table.tags).toMatchObject([
      {
        group: "水泵",
        name: "出口压力",
        access: ["read", "write"],
        scale: 0.5,
        precision: 1,
        description: "管道",
      },
    ]);
  });

  test("with semicolons has decimal commas, however many commas its descriptions have", () => {
    const table = read(
      "name;address;type;decimal;bias;description\na;1!400001;INT16;0,1;-2,5;one, two, three, four, five, six, seven\n",
    );

    expect(table.problems).toEqual([]);
    expect(table.tags).toMatchObject([{ scale: 0.1, bias: -2.5 }]);
  });

  test("with tabs, as pasted from a spreadsheet, is read too", () => {
    const table = read("Name\tAddress\tData Type\tScale\na\t1!400001\tint16\t0,1\nb\t1!400002\tint16\t0.1");

    expect(table.tags).toMatchObject([{ scale: 0.1 }, { scale: 0.1 }]);
  });

  test("names lines by name or id; rows without one belong to the chosen line", () => {
    const table = read(
      [
        "node,name,address,type",
        "Pump PLC,a,1!400001,INT16",
        "plc,b,1!400001,INT16",
        ",c,1!400001,INT16",
        "Pump,d,1!400001,INT16",
      ].join("\n"),
    );

    expect(table.tags.map(({ line }) => line)).toEqual(["plc", "plc", "rtu"]);
    expect(table.problems).toEqual([
      { code: "tag.lineUnknown", line: "Pump", at: { row: 5, column: "line" } },
    ]);
  });

  test.each([
    ["interval", "20", "group.intervalTooShort"],
    ["interval", "1000.5", "tag.numberInvalid"],
    ["interval", "86400001", "tag.numberInvalid"],
    ["precision", "18", "tag.numberInvalid"],
    ["precision", "-1", "tag.numberInvalid"],
    ["decimal", "0x10", "tag.numberInvalid"],
    ["decimal", "Infinity", "tag.numberInvalid"],
    ["bias", "1,234.5,6", "tag.numberInvalid"],
    ["bias", "1.23,4,5", "tag.numberInvalid"],
    ["attribute", "Raed", "tag.accessUnfit"],
    ["attribute", "toString", "tag.accessUnfit"],
    ["unit", "电压电压电压", "text.tooLong"],
    ["name", "电".repeat(43), "tag.nameTooLong"],
    ["name", "", "tag.nameMissing"],
    ["address", "1!400001#L", "address.orderUnfit"],
    ["type", "constructor", "tag.typeUnknown"],
  ])("with a wrong cell under %s (%s) gives %s there", (column, cell, code) => {
    const row: Record<string, string> = { name: "a", address: "1!400001", type: "FLOAT", [column]: cell };
    const names = Object.keys(row);

    const table = read(`${names.join("\t")}\n${names.map((name) => row[name]).join("\t")}\n`);

    expect(table.tags).toEqual([]);
    expect(table.problems).toMatchObject([{ code, at: { row: 2, column } }]);
  });

  test.each([
    ["1!300001", "UINT16", "input"],
    ["1!100001", "BIT", "discrete"],
    ["1!400001.3", "BIT", "registerBit"],
  ])("that would write to %s is refused: %s, %s", (address, type, reason) => {
    const { problems } = read(`${header}\ng,a,${address},Read Write,${type},,,`);

    expect(problems).toMatchObject([
      { code: "tag.accessUnfit", reason, at: { row: 2, column: "attribute" } },
    ]);
  });

  test("names every wrong cell of a row, and no consequence of one", () => {
    const { problems } = read(`${header}\ng,,1!40000x,Read,STRING,,0.1,99`);

    expect(problems.map(({ code, at }) => `${code} ${at?.column}`).sort()).toEqual([
      "address.malformed address",
      "tag.nameMissing name",
      "tag.numberInvalid decimal",
      "tag.numberInvalid precision",
    ]);
  });

  test("with the same name twice in a group keeps the first", () => {
    const table = read(
      `${header}\ng,a,1!400001,Read,INT16,,,\ng,a,1!400002,Read,INT16,,,\nh,a,1!400003,Read,INT16,,,`,
    );

    expect(table.tags.map(({ group, address }) => [group, address.offset])).toEqual([
      ["g", 0],
      ["h", 2],
    ]);
    expect(table.problems).toEqual([
      { code: "tag.duplicate", name: "a", group: "g", at: { row: 3, column: "name" } },
    ]);
  });

  test("without a needed column, without rows or without text says so", () => {
    expect(read("\nname,type\na,INT16").problems).toEqual([
      { code: "table.columnMissing", columns: "address", at: { row: 2 } },
    ]);
    for (const text of ["", "\uFEFF", header, `${header}\n,,,\n`]) {
      expect(read(text).problems).toEqual([{ code: "table.empty" }]);
    }
  });

  test("with a quotation mark left open says where, so that swallowed rows are not missed", () => {
    const { tags, problems } = read(
      `${header}\ng,a,1!400001,Read,INT16,"5 inch,,\ng,b,1!400002,Read,INT16,,,\n`,
    );

    expect(tags).toHaveLength(1);
    expect(problems).toMatchObject([{ code: "input.invalid", at: { row: 2 } }]);
  });
});

describe("taking a table", () => {
  const table = `interval,${header}\n1000,g,a,1!400001,Write Read,INT16,,,\n,g,b,1!400002,Read,INT16,,,\n`;

  test("tells what is new, what changes and what stays", () => {
    const before = read(table).tags;

    const after = read(`${table.replace("1!400002", "1!400009")},g,c,1!400003,Read,INT16,,,\n`, before);

    expect(after.changes).toMatchObject({ added: ["rtu/g/c"], changed: ["rtu/g/b"], same: ["rtu/g/a"] });
    expect(after.changes.fields).toEqual(new Map([["rtu/g/b", ["address"]]]));
    expect(after.groups).toEqual([{ line: "rtu", name: "g", intervalMs: 1000 }]);
  });

  test("printed, edited nowhere and read again changes nothing", () => {
    const { tags, groups } = read(table);

    const again = read(printTagTable(tags, groups, lines), tags);

    expect(again.changes.same).toEqual(["rtu/g/a", "rtu/g/b"]);
    expect(again.groups).toEqual(groups);
    expect(again.tags).toEqual(tags);
  });
});
