import { deflateRawSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { unpack } from "#adapters/files/unpack.ts";
import type { PackedText, Unpacked } from "#domain/tables/zip.ts";

// Two and three bytes a letter: they fall across the pieces' ends.
const text = Array.from({ length: 60_000 }, (_, at) => `é电${at}`).join("");
const plain = new TextEncoder().encode(text);
const deflated = new Uint8Array(deflateRawSync(plain));

async function allOf(packed: PackedText): Promise<readonly Unpacked[]> {
  const pieces = unpack(packed);
  const all: Unpacked[] = [];
  do all.push(await pieces.next());
  while (all.at(-1)?.at === "piece");
  return all;
}

function textOf(all: readonly Unpacked[]): string {
  return all.map((one) => (one.at === "piece" ? one.text : "")).join("");
}

describe("a packed text", () => {
  test.each([
    ["deflated", { bytes: deflated, isDeflated: true }],
    ["stored", { bytes: plain, isDeflated: false }],
  ])("that is %s comes whole in small pieces", async (_, packed) => {
    const all = await allOf(packed);

    expect(all.at(-1)).toEqual({ at: "end", isDamaged: false });
    expect(textOf(all) === text).toBe(true);
    expect(Math.max(...all.map((one) => (one.at === "piece" ? one.text.length : 0)))).toBeLessThanOrEqual(
      64 * 1024,
    );
  });

  test("that ends too early or is no deflate stream says so after what was good", async () => {
    const short = await allOf({ bytes: deflated.subarray(0, deflated.length - 9), isDeflated: true });
    const noise = await allOf({ bytes: new Uint8Array(100).fill(0xff), isDeflated: true });

    expect(text.startsWith(textOf(short))).toBe(true);
    expect([short.at(-1), noise.at(-1)]).toEqual([
      { at: "end", isDamaged: true },
      { at: "end", isDamaged: true },
    ]);
  });

  test("that nobody reads on is let go", async () => {
    const pieces = unpack({ bytes: deflated, isDeflated: true });
    expect((await pieces.next()).at).toBe("piece");

    await pieces.close();

    expect(await pieces.next()).toEqual({ at: "end", isDamaged: false });
  });
});
