import { expect, test } from "vitest";
import { base64Chunks, chunksOf, looksLikeSheet } from "#renderer/steps/tags/sheetText.ts";

test("a file in pieces is the base64 of the whole", () => {
  const bytes = Uint8Array.from({ length: 20_000 }, (_, at) => (at * 7) % 256);

  const chunks = base64Chunks(bytes, 1000);

  expect(chunks.join("")).toBe(Buffer.from(bytes).toString("base64"));
  expect(chunks.every((chunk) => chunk.length <= 1000)).toBe(true);
  expect(base64Chunks(new Uint8Array())).toEqual([""]);
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
