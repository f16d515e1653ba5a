import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type TagType, tagTypes } from "#domain/tag/tag.ts";
import { textOfWords, type WritableTag, wordsToWrite, writeRefusal } from "#domain/tag/writeValue.ts";

const holding = { unit: 3, area: "holding", offset: 3 } as const;
const plain: WritableTag = {
  name: "setpoint",
  address: holding,
  type: "uint16",
  access: ["read", "write"],
  scale: 1,
  bias: 0,
  precision: 0,
};
const tagOf = (changes: Partial<WritableTag>): WritableTag => ({ ...plain, ...changes });
/** the words as hex, or the problem's code */
function written(text: string, changes: Partial<WritableTag> = {}): string {
  const words = wordsToWrite(text, tagOf(changes));
  if (!words.ok) return words.problem.code;
  return words.value.map((word) => word.toString(16).padStart(4, "0")).join(" ");
}

describe("what a person types becomes words", () => {
  test.each<[TagType, string, string]>([
    ["uint16", "1450", "05aa"],
    ["uint16", " 65535 ", "ffff"],
    ["uint16", "12.0", "000c"],
    ["int16", "-1", "ffff"],
    ["uint32", "4294967295", "ffff ffff"],
    ["int32", "-2147483648", "8000 0000"],
    ["uint64", "18446744073709551615", "ffff ffff ffff ffff"],
    ["int64", "-9007199254740993", "ffdf ffff ffff ffff"],
    ["float", "4.2", "4086 6666"],
    ["float", "-0", "8000 0000"],
    ["float", "1.5e3", "44bb 8000"],
    ["double", "0.1", "3fb9 9999 9999 999a"],
  ])("%s %s", (type, text, words) => {
    expect(written(text, { type })).toBe(words);
  });

  test("coils take 0 and 1, text takes what fits, bytes take hex", () => {
    const coil = { address: { unit: 3, area: "coil", offset: 0 }, type: "bit" } as const;
    expect(["0", "1", "2", "1.0", "on"].map((text) => written(text, coil))).toEqual([
      "0000",
      "0001",
      "value.unfit",
      "value.unfit",
      "value.notNumber",
    ]);
    const text = { address: { ...holding, length: 4, stringOrder: "H" }, type: "string" } as const;
    expect(written("AB 1", text)).toBe("4142 2031");
    expect(written("", text)).toBe("0000 0000");
    expect(written("ABCDE", text)).toBe("value.unfit");
    const bytes = { address: { ...holding, length: 4 }, type: "bytes" } as const;
    expect(written("01 02 FE ff", bytes)).toBe("0102 feff");
    expect(written("01 02 FE", bytes)).toBe("value.unfit");
  });

  test("word order is the tag's own", () => {
    expect(written("4.2", { type: "float", address: { ...holding, order: "BL" } })).toBe("6666 4086");
  });

  test.each<[TagType, string]>([
    ["uint16", "65536"],
    ["uint16", "-1"],
    ["int16", "32768"],
    ["uint64", "18446744073709551616"],
    ["int64", "9223372036854775808"],
    ["uint16", "12.4"],
    ["float", "1e39"],
    ["double", "1e309"],
  ])("%s has no %s", (type, text) => {
    expect(written(text, { type })).toBe("value.unfit");
  });

  test("a comma, hex, words and nothing are no numbers", () => {
    for (const text of ["4,2", "1,450", "0x10", "12 rpm", "", "Infinity", "NaN", "1e9999", ".", "--1"])
      expect(written(text, { type: "double" }), text).toBe("value.notNumber");
  });
});

describe("scale and bias are undone exactly", () => {
  test.each([
    ["22.9", { scale: 0.1 }, "00e5"],
    ["0.3", { scale: 0.1 }, "0003"],
    ["50.01", { scale: 0.01 }, "1389"],
    ["-40", { scale: 0.5, bias: -40 }, "0000"],
    ["-39.5", { scale: 0.5, bias: -40 }, "0001"],
    ["230", { scale: 10 }, "0017"],
  ])("%s with %o", (text, changes, words) => {
    expect(written(text, changes)).toBe(words);
  });

  test("an integer may differ by half a unit of the text's last place, no more", () => {
    expect(written("25.33", { scale: 0.333333 })).toBe("004c");
    expect(written("25.330", { scale: 0.333333 })).toBe("value.unfit");
    expect(written("22.95", { scale: 0.1 })).toBe("value.unfit");
    expect(written("230", { scale: 7 })).toBe("value.unfit");
  });

  test("64 bits keep every digit", () => {
    expect(written("900719925474099.3", { type: "uint64", scale: 0.1 })).toBe("0020 0000 0000 0001");
  });

  test("a scaled real is the nearest one to the quotient", () => {
    expect(written("0.42", { type: "double", scale: 0.1 })).toBe("4010 cccc cccc cccd");
    expect(written("1", { type: "double", scale: 3 })).toBe("3fd5 5555 5555 5555");
    expect(written("0.000001", { type: "double", scale: -7e12 })).toBe("bc05 14fd 8214 dfa0");
  });
});

test("the text of any words writes the same words again", () => {
  const numbers = tagTypes.filter((type) => type !== "bit" && type !== "string");
  const scales = fc.constantFrom(1, 0.1, 0.01, 0.001, 10, -2.5, 1 / 3);
  const word = fc.integer({ min: 0, max: 0xffff });
  fc.assert(
    fc.property(
      fc.constantFrom(...numbers),
      scales,
      fc.constantFrom(0, -40, 273.15),
      fc.integer({ min: 0, max: 3 }),
      fc.array(word, { minLength: 4, maxLength: 4 }),
      (type, scale, bias, precision, four) => {
        const isBytes = type === "bytes";
        const count = isBytes || /64|double/.test(type) ? 4 : /16/.test(type) ? 1 : 2;
        const words = four.slice(0, count);
        const tag = tagOf({
          type,
          precision,
          address: isBytes ? { ...holding, length: 8 } : holding,
          ...(isBytes ? {} : { scale, bias }),
        });
        expect(wordsToWrite(textOfWords(words, tag), tag)).toEqual({ ok: true, value: words });
      },
    ),
    { numRuns: 2000 },
  );
});

test("what is no number keeps its words, and text that is not text too", () => {
  expect(textOfWords([0x7fc0, 1], tagOf({ type: "float" }))).toBe("words:7FC00001");
  const text = tagOf({ type: "string", address: { ...holding, length: 4, stringOrder: "H" } });
  expect(textOfWords([0xff41, 0x4200], text)).toBe("words:FF414200");
  expect(written("words:FF414200", text)).toBe("ff41 4200");
  expect(textOfWords([0x4142, 0x00ff], text)).toBe("AB");
  expect(written("words:FF41", { type: "float" })).toBe("value.notNumber");
});

describe("a tag that may not be written", () => {
  test.each<[Partial<WritableTag>, object | undefined]>([
    [{}, undefined],
    [{ access: ["read"] }, { code: "tag.accessUnfit", reason: "readOnly" }],
    [{ address: { ...holding, area: "input" } }, { code: "tag.accessUnfit", reason: "input" }],
    [{ address: { ...holding, area: "discrete" } }, { code: "tag.accessUnfit", reason: "discrete" }],
    [
      { address: { ...holding, bit: 3 }, type: "bit" },
      { code: "tag.accessUnfit", reason: "registerBit" },
    ],
    [{ address: { ...holding, unit: 0 } }, { code: "unit.broadcast" }],
  ])("%o", (changes, refusal) => {
    const told = writeRefusal(tagOf(changes));

    if (refusal === undefined) expect(told).toBeUndefined();
    else expect(told).toMatchObject(refusal);
  });
});
