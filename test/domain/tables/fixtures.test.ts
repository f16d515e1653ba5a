import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { runThrough } from "#domain/sliced.ts";
import type { ImportChoice } from "#domain/tables/readTagFile.ts";
import { printAddress } from "#domain/tag/printAddress.ts";
import type { Tag } from "#domain/tag/tag.ts";
import { decodeText } from "#services/decodeText.ts";
import { readFileOfTags } from "./reading.ts";

const lines = [
  { id: "a", name: "Line A" },
  { id: "plc", name: "Pump PLC" },
];

async function read(name: string, choice: ImportChoice = {}) {
  const bytes = readFileSync(new URL(`../../vectors/tables/${name}`, import.meta.url));
  const { text, encoding } = runThrough(decodeText(bytes));
  const reading = await readFileOfTags(text, { lines, defaultLine: "a", existing: [] }, choice);
  const { table, ...rest } = reading;
  const problems = table.problems.map(({ code, at }) =>
    `${at?.row ?? ""} ${at?.column ?? ""} ${code}`.replace(/ +/g, " ").trim(),
  );
  return {
    ...rest,
    encoding,
    rows: table.rows,
    tags: table.tags.map(said),
    all: table.tags,
    groups: table.groups,
    problems,
  };
}

/** A tag in one line, as a person would check it against the manual. */
function said(tag: Tag): string {
  const scaled = `${tag.scale === 1 ? "" : ` ×${tag.scale}`}${tag.bias === 0 ? "" : ` ${tag.bias < 0 ? "" : "+"}${tag.bias}`}`;
  const access = tag.access.map((one) => one.charAt(0)).join("");
  return `${tag.name} ${printAddress(tag.address)} ${tag.type}${scaled} ${tag.unit} ${access}`.replace(
    / {2,}/g,
    " ",
  );
}

describe("a vendor's table", () => {
  test("in English with titles, hexadecimal addresses and lengths in words", async () => {
    const { format, problems, tags, all } = await read("meter-english.csv", {
      unitNumber: 5,
      base: 0,
      order: "CDAB",
    });

    expect([format, problems]).toEqual(["csv", []]);
    expect(tags).toEqual([
      "Voltage L1 5!400001#BL float V r",
      "Current L1 5!400007#BL float A r",
      "Frequency 5!300071 uint16 ×0.01 Hz r",
      "Serial number 5!400257.16 string r",
      "Relay 1 5!000001 bit rw",
    ]);
    expect(all.map(({ manual }) => manual)).toEqual(["0x0000", "0x0006", "0x0046", "0x0100", "0x0000"]);
  });

  test("in Chinese as GB 18030 with function codes; the register 0 in it tells how it counts", async () => {
    const { encoding, problems, tags, addresses } = await read("rectifier-chinese.csv", { unitNumber: 1 });

    expect([encoding, problems, addresses.base]).toEqual(["gb18030", [], 0]);
    expect(tags).toEqual([
      "输出电压 1!400101 uint16 ×0.01 V r",
      "输出电流 1!400102 int16 ×0.1 A r",
      "浮充电压设定 1!400201 uint16 ×0.01 V rw",
      "交流停电告警 1!100001 bit r",
    ]);
  });

  test("in German as Windows-1252 with decimal commas", async () => {
    const { encoding, problems, tags } = await read("zaehler-deutsch.csv", { unitNumber: 2 });

    expect([encoding, problems]).toEqual(["windows-1252", []]);
    expect(tags).toEqual([
      "Spannung L1 2!400001 uint16 ×0.1 V r",
      "Außentemperatur 2!300011 int16 ×0.1 °C r",
      "Sollwert 2!400101 int16 ×0.1 °C rw",
    ]);
  });

  test("as UTF-16 with tabs", async () => {
    expect(await read("sheet-utf16.csv")).toMatchObject({
      encoding: "utf-16le",
      tags: ["液位 1!400001#BL float r"],
      problems: [],
    });
  });
});

describe("another program's file", () => {
  test("of Neuron brings its groups, and what Neuron reads wrong is refused", async () => {
    const { format, tags, groups, problems } = await read("neuron-config.json");

    expect(format).toBe("neuron");
    expect(tags).toEqual(["pressure 1!400001#BL float ×0.1 -1 bar r", "setpoint 1!400010 uint16 rw"]);
    expect(groups).toEqual([{ line: "plc", name: "fast", intervalMs: 500 }]);
    expect(problems).toEqual(["3 type tag.typeMisread", "4 address address.unitOutOfRange"]);
  });

  test("of Kepware has scales, bits and texts; a square root is refused", async () => {
    const { format, tags, groups, problems } = await read("kepware.csv", { unitNumber: 1 });

    expect(format).toBe("kepware");
    expect(tags).toEqual([
      "Pressure 1!400001#BL float bar r",
      "Level 1!400010 uint16 ×0.0025 m rw",
      "Running 1!000005 bit r",
      "Flag 1!400020.3 bit r",
      "Name 1!400030.20H string r",
    ]);
    expect(groups).toEqual(["Boiler.Steam", "Boiler"].map((name) => ({ line: "a", name, intervalMs: 500 })));
    expect(problems).toEqual(["7 decimal tag.partUnfit"]);
  });

  test("of SunSpec asks for its start, and for scale factors that only the device knows", async () => {
    const asked = await read("sunspec-meter.json", { unitNumber: 1 });
    const given = await read("sunspec-meter.json", { unitNumber: 1, start: 40_100, factors: { A_SF: -1 } });

    expect([asked.format, asked.tags]).toEqual(["sunspec", []]);
    expect(asked.problems).toEqual(["1 decimal tag.scaleDynamic", "1 table.choiceMissing"]);
    expect(given.problems).toEqual([]);
    expect(given.tags).toEqual([
      "A 1!440103 int16 ×0.1 A r",
      "Hz 1!440105 uint16 ×0.01 Hz r",
      "WhImp 1!440106 uint32 Wh r",
      "PhV 1!440108 float V r",
      "Nam 1!440110.8 string rw",
      "phase.1.W 1!440115 int16 W r",
      "phase.2.W 1!440116 int16 W r",
    ]);
  });

  test("of EdgeX counts from 0 and swaps words; a mask is refused", async () => {
    const { format, tags, problems } = await read("edgex-profile.yaml", { unitNumber: 9 });

    expect(format).toBe("edgex");
    expect(tags).toEqual([
      "SupplyTemperature 9!300005 int16 ×0.1 °C r",
      "Energy 9!400011#BL uint32 kWh r",
      "Enable 9!000001 bit rw",
      "Model 9!400101.16 string r",
    ]);
    expect(problems).toEqual(["5 tag.partUnfit"]);
  });

  test("of Solarman has the low word first and its offset before the scale", async () => {
    const { format, tags, problems } = await read("solarman-inverter.yaml", { unitNumber: 1 });

    expect(format).toBe("solarman");
    expect(tags).toEqual([
      "PV1 Power 1!400113 uint16 ×10 W r",
      "Total Production 1!400064#BL uint32 ×0.1 kWh r",
      "Temperature 1!400091 uint16 ×0.1 -100 °C r",
      "Grid Power 1!300513 int32 W r",
      "Serial 1!400004.10 string r",
    ]);
    expect(problems).toEqual(["6 tag.partUnfit", "7 tag.partUnfit", "8 tag.partUnfit"]);
  });
});

describe("a table as broken as real life makes it", () => {
  test("with merged headers, section titles and a repeated header is read right", async () => {
    const { problems, tags, notes } = await read("broken-merged-header.csv", { unitNumber: 1 });

    expect([problems, notes]).toEqual([[], 2]);
    expect(tags).toEqual([
      "Voltage 1!400001 uint16 ×0.1 V r",
      "Power 1!400003 int32 W r",
      "Energy import 1!400005 uint32 ×0.01 kWh r",
      "Energy export 1!400007 uint32 ×0.01 kWh r",
    ]);
  });

  test("with thousands separators is read right, and what can be two numbers is refused", async () => {
    const { problems, tags } = await read("broken-thousands.csv", { unitNumber: 1 });

    expect(tags).toEqual([
      "Voltage 1!400001 uint16 ×0.1 V r",
      "Flow 1!400010 float l/h r",
      "Setpoint 1!400020 int16 ×1000.5 l/h r",
      "Limit 1!400030 int16 ×0.01 -1234.5 kW r",
    ]);
    expect(problems).toEqual(["6 address address.malformed"]);
  });

  test("with ranges takes those whose size fits the type and names the others", async () => {
    const { problems, tags } = await read("broken-ranges.csv", { unitNumber: 1 });

    expect(tags).toEqual([
      "Total energy 1!400001 uint32 r",
      "Phase order 1!400003 uint16 r",
      "Model 1!400010.20 string r",
      "Clock 1!400100 uint64 r",
    ]);
    expect(problems).toEqual(["4 address address.rangeUnfit", "6 type tag.typeUnknown"]);
  });

  test("with notes under it and a broken formula in it gives the rows that are tags", async () => {
    const { problems, tags, notes } = await read("broken-notes.csv");

    expect(tags).toEqual(["level 1!400001 int16 r", "flow 1!400002 int16 r", "valve 1!000001 bit r"]);
    expect([problems, notes]).toEqual([["6 name table.cellBroken"], 4]);
  });

  test("of two encodings gives the rows that can be read and names the others", async () => {
    const { encoding, problems, tags } = await read("broken-mixed-encoding.csv");

    expect(encoding).toBe("utf-8");
    expect(tags.map((tag) => tag.split(" ")[0])).toEqual(["Füllstand", "Zufluß", "Pumpe"]);
    expect(problems).toEqual(["4 name table.cellBroken"]);
  });
});

describe("what nobody said", () => {
  const table =
    "Signal,Register Type,Address,Type,Gain\nflow,holding,100,INT16,10\nlevel,holding,101,INT16,10\n";

  test("is asked for once, and no tag is guessed", async () => {
    const file = (text: string, choice: ImportChoice) =>
      readFileOfTags(text, { lines, defaultLine: "a", existing: [] }, choice);
    const columns = { divisor: "Gain" };

    expect((await file(table, {})).table.problems).toMatchObject([
      { code: "table.columnUnclear", columns: "Gain" },
    ]);
    expect((await file(table, { columns })).table.problems).toMatchObject([
      { code: "table.choiceMissing", what: "base" },
    ]);
    expect((await file(table, { columns, base: 1 })).table.problems).toMatchObject([
      { code: "table.choiceMissing", what: "unit" },
    ]);
    const { tags, problems } = (await file(table, { columns, base: 1, unitNumber: 4 })).table;
    expect([tags.map(said), problems]).toEqual([
      ["flow 4!400100 int16 ×0.1 r", "level 4!400101 int16 ×0.1 r"],
      [],
    ]);
  });

  test("numbers of both looks beside one area prove nothing", async () => {
    const mixed = "name,area,address,type\na,holding,40001,INT16\nb,holding,12,INT16\n";
    const context = { lines, defaultLine: "a", existing: [] };

    expect((await readFileOfTags(mixed, context, { unitNumber: 1, base: 0 })).table.problems).toMatchObject([
      { code: "address.ambiguous", text: "40001", at: { row: 2, column: "address" } },
    ]);
    const plain = await readFileOfTags(mixed, context, { unitNumber: 1, base: 0, numbers: "plain" });
    expect(plain.table.tags.map(said)).toEqual(["a 1!440002 int16 r", "b 1!400013 int16 r"]);
  });
});
