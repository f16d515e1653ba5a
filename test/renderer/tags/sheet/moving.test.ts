import { describe, expect, test } from "vitest";
import { tagKey } from "#domain/tag/tag.ts";
import { parseBlock, placed, printBlock } from "#renderer/steps/tags/sheet/blocks.ts";
import { boxOf, moved } from "#renderer/steps/tags/sheet/cellRange.ts";
import { countedUp, followingAddress, repeated, seriesText } from "#renderer/steps/tags/sheet/series.ts";
import { plainTag } from "../../../domain/site/pumpSite.ts";

const plain = { shiftKey: false, ctrlKey: false, metaKey: false };
const size = { rows: 100, columns: 5, page: 20 };
const at = (row: number, column: number) => ({ anchor: { row, column }, focus: { row, column } });

describe("the cursor of the sheet", () => {
  test.for([
    ["ArrowDown", {}, 11, 2],
    ["ArrowLeft", {}, 10, 1],
    ["PageDown", {}, 30, 2],
    ["Home", {}, 10, 0],
    ["End", {}, 10, 4],
    ["ArrowDown", { ctrlKey: true }, 99, 2],
    ["Home", { ctrlKey: true }, 0, 0],
    ["Tab", {}, 10, 3],
    ["Tab", { shiftKey: true }, 10, 1],
  ] as const)("%s with %o goes to row %i, column %i", ([key, held, row, column]) => {
    expect(moved(at(10, 2), { ...plain, ...held, key }, size)?.focus).toEqual({ row, column });
  });

  test("stays inside, and Shift grows the range from where it began", () => {
    expect(moved(at(0, 0), { ...plain, key: "ArrowUp" }, size)?.focus).toEqual({ row: 0, column: 0 });
    const grown = moved(at(5, 3), { ...plain, key: "ArrowUp", shiftKey: true }, size);
    expect(grown && boxOf(grown)).toEqual({ top: 4, bottom: 5, left: 3, right: 3 });
    expect(moved(at(0, 0), { ...plain, key: "x" }, size)).toBeUndefined();
  });
});

describe("a block of cells", () => {
  test("goes through the clipboard and back, whatever the cells hold", () => {
    const block = [
      ["a", 'with "quotes"', ""],
      ["two\nlines", "tab\there", "ü 电压"],
    ];
    expect(parseBlock(printBlock(block))).toEqual(block);
  });

  test("is read as spreadsheets write it", () => {
    expect(parseBlock("a\tb\r\nc\t\r\n")).toEqual([
      ["a", "b"],
      ["c", ""],
    ]);
    expect(parseBlock("")).toEqual([]);
    expect(parseBlock('5" pipe')).toEqual([['5" pipe']]);
  });

  test("one cell fills the whole selection, a larger block begins at its corner", () => {
    const box = { top: 2, bottom: 3, left: 1, right: 2 };
    expect(placed([["x"]], box)).toHaveLength(4);
    expect(placed([["a", "b"]], box).map(({ row, text }) => `${row}${text}`)).toEqual([
      "2a",
      "2b",
      "3a",
      "3b",
    ]);
    expect(
      placed([["a"], ["b"], ["c"]], box).map(({ row, column, text }) => `${row},${column}${text}`),
    ).toEqual(["2,1a", "3,1b", "4,1c"]);
  });
});

describe("a series", () => {
  test.for([
    ["pump_09", 2, "pump_11"],
    ["l1 voltage", 1, "l2 voltage"],
    ["flow", 1, "flow_2"],
    ["9", 1, "10"],
  ] as const)("%s, %i further, is %s", ([name, steps, expected]) => {
    expect(countedUp(name, steps)).toBe(expected);
  });

  test("addresses follow on by the registers of the type, bits through the register", () => {
    const float = plainTag({
      name: "f1",
      type: "float",
      address: { unit: 1, area: "holding", offset: 10, order: "BL" },
    });
    const bit = plainTag({
      name: "b",
      type: "bit",
      address: { unit: 1, area: "holding", offset: 4, bit: 15 },
    });

    expect(seriesText(float, "address", 3)).toBe("1!400017#BL");
    expect(seriesText(float, "unit", 3)).toBe(float.unit);
    expect(followingAddress(bit, 1)).toMatchObject({ offset: 5, bit: 0 });
  });

  test("tags once more get free names and the registers behind the block", () => {
    const tags = [
      plainTag({ name: "u_l1", type: "float", address: { unit: 1, area: "holding", offset: 0 } }),
      plainTag({ name: "u_l2", type: "float", address: { unit: 1, area: "holding", offset: 2 } }),
      plainTag({ name: "state", type: "uint16", address: { unit: 1, area: "input", offset: 7 } }),
    ];

    const copies = repeated(tags, new Set(tags.map(tagKey)));

    expect(copies.map(({ name, address }) => [name, address.offset])).toEqual([
      ["u_l3", 4],
      ["u_l4", 6],
      ["state_2", 8],
    ]);
  });
});
