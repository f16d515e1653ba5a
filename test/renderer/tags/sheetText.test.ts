import { expect, test } from "vitest";
import { chunksOf, decodeSheet, looksLikeSheet } from "#renderer/steps/tags/sheetText.ts";

test("a table saved by a Chinese spreadsheet is read as GB 18030", () => {
  // 电压 in GB 18030
  expect(decodeSheet(Uint8Array.of(0xb5, 0xe7, 0xd1, 0xb9))).toBe("电压");
});

test("UTF-8 and UTF-16 are told by their bytes and lose their mark", () => {
  expect(decodeSheet(new TextEncoder().encode("\ufeff电压,V"))).toBe("电压,V");
  expect(decodeSheet(Uint8Array.of(0xff, 0xfe, 0x35, 0x75))).toBe("电");
});

test("chunks put together are the text, and no character is cut", () => {
  const text = "ab😀cd😀";

  const chunks = chunksOf(text, 3);

  expect(chunks.join("")).toBe(text);
  expect(chunks.every((chunk) => chunk.length <= 3 && !/[\ud800-\udbff]$/.test(chunk))).toBe(true);
});

test("a pasted word is no sheet; cells or rows are", () => {
  expect(looksLikeSheet("voltage\n")).toBe(false);
  expect(looksLikeSheet("name\taddress")).toBe(true);
  expect(looksLikeSheet("name,address\nu,1!40001")).toBe(true);
});
