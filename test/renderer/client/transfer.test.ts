import { expect, test } from "vitest";
import { base64Pieces, readDownload } from "#renderer/client/transfer.ts";

const bytes = Uint8Array.from({ length: 1000 }, (_, index) => (index * 7) % 256);

test("pieces put together are the base64 of the whole", () => {
  const pieces = base64Pieces(bytes, 100);

  expect(pieces.length).toBeGreaterThan(9);
  expect(pieces.join("")).toBe(Buffer.from(bytes).toString("base64"));
});

test("a download is read piece by piece to its end", async () => {
  const read = await readDownload(async (offset) => ({
    base64: Buffer.from(bytes.subarray(offset, offset + 300)).toString("base64"),
    next: Math.min(offset + 300, bytes.length),
    done: offset + 300 >= bytes.length,
  }));

  expect(Buffer.from(read).equals(Buffer.from(bytes))).toBe(true);
});

test("a download that stands still ends with an error instead of for ever", async () => {
  await expect(readDownload(async (offset) => ({ base64: "", next: offset, done: false }))).rejects.toThrow(
    "stands still",
  );
});
