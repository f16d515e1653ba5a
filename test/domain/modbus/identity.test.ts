import { describe, expect, test } from "vitest";
import { identificationRequest, parseIdentification } from "#domain/modbus/deviceIdentification.ts";
import {
  identityOf,
  identityText,
  nothingSeen,
  withCommonBlock,
  withObjects,
} from "#domain/modbus/identity.ts";
import { otherPolls } from "#domain/modbus/otherPolls.ts";
import { isSunspecMarker, modelOf, parseCommonBlock } from "#domain/modbus/sunspec.ts";
import { seeded } from "#simulator/lineNoise.ts";

const bytes = (hex: string) => Uint8Array.from(Buffer.from(hex.replaceAll(" ", ""), "hex"));
const hexOf = (text: string) => Buffer.from(text, "latin1").toString("hex");

describe("a device identification", () => {
  test("is read as the standard's example has it, in two parts", () => {
    const company = `00 16 ${hexOf("Company identification")}`;
    const product = `01 0D ${hexOf("Product code XX".slice(0, 13))}`;
    const first = parseIdentification(bytes(`2B 0E 01 01 FF 02 02 ${company} ${product}`));
    const second = parseIdentification(bytes(`2B 0E 01 01 00 00 01 02 05 ${hexOf("V2.11")}`));

    expect(first).toMatchObject({ level: 1, next: 2 });
    expect(second?.next).toBeUndefined();
    expect([...(first?.objects ?? []), ...(second?.objects ?? [])]).toEqual(
      [
        [0, "Company identification"],
        [1, "Product code "],
        [2, "V2.11"],
      ].map(([id, text]) => [id, String(text).trim()]),
    );
    expect(identificationRequest(1, 2)).toEqual(bytes("2B 0E 01 02"));
  });

  test("names the product once, however often the maker says it, and keeps the maker's own objects for people", () => {
    const objects = new Map([
      [0, "Acme"],
      [1, "EM3-X"],
      [2, "1.4"],
      [3, "acme.example"],
      [4, "EM3"],
      [5, "Meter"],
      [128, "SN 7"],
    ]);
    const seen = withObjects(nothingSeen, objects);

    expect(seen).toEqual({ ...nothingSeen, vendor: "Acme", product: "EM3-X Meter", revision: "1.4" });
    expect(identityText(seen, objects)).toBe("Acme EM3-X Meter 1.4 · SN 7");
  });

  test("of random bytes is never more than text and numbers", () => {
    for (let run = 0; run < 2000; run++) {
      const pdu = Uint8Array.from({ length: run % 90 }, (_, at) => Math.floor(256 * seeded(run, at)));
      pdu.set([43, 14].slice(0, pdu.length));
      for (const text of parseIdentification(pdu)?.objects.values() ?? []) expect(typeof text).toBe("string");
      expect(identityOf(pdu)).not.toMatch(/\p{Cc}/u);
    }
  });
});

describe("SunSpec", () => {
  test("is known by its marker, and its chain ends at FFFF", () => {
    expect(isSunspecMarker([0x5375, 0x6e53])).toBe(true);
    expect(isSunspecMarker([0x6e53, 0x5375])).toBe(false);
    expect(modelOf([103, 50])).toEqual({ id: 103, registers: 50 });
    expect(modelOf([0xffff, 0])).toBeUndefined();
    expect(modelOf([0, 0])).toBeUndefined();
  });

  test("tells in its common block what a unit did not say already", () => {
    const words = Array<number>(64).fill(0);
    const put = (at: number, text: string) =>
      [...text].forEach((letter, index) => {
        words[at + (index >> 1)] =
          (words[at + (index >> 1)] ?? 0) | (letter.charCodeAt(0) << (index % 2 ? 0 : 8));
      });
    put(0, "Volta");
    put(16, "Inverter 5");
    put(40, "1.2");
    put(48, "V-77");
    const block = parseCommonBlock(words);

    expect(block).toEqual({ vendor: "Volta", product: "Inverter 5", revision: "1.2", serial: "V-77" });
    expect(withCommonBlock({ ...nothingSeen, vendor: "Acme" }, block, [1, 103])).toEqual({
      ...{ vendor: "Acme", product: "Inverter 5", revision: "1.2", serial: "V-77", serverId: "" },
      sunspecModels: [1, 103],
    });
  });
});

test("another master's reads are told once each, the most frequent first, with the newest answer", () => {
  const frame = (unit: number, pdu: string) => ({ unit, pdu: bytes(pdu) });
  const frames = [
    ...[frame(9, "03 0010 0002"), frame(9, "03 04 0007 0100")],
    ...[frame(3, "04 0000 0001"), frame(9, "03 0010 0002")],
    ...[frame(9, "03 04 0008 0100"), frame(5, "06 0001 0002")],
  ];

  expect(otherPolls(frames)).toEqual([
    { unit: 9, area: "holding", offset: 16, count: 2, times: 2, words: [8, 256] },
    { unit: 3, area: "input", offset: 0, count: 1, times: 1, words: [] },
  ]);
});
