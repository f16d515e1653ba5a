import fc from "fast-check";
import { expect, test } from "vitest";
import { decodeValue } from "#domain/tag/decode.ts";
import { encodeValue } from "#domain/tag/encode.ts";
import { judgeTag } from "#domain/verify/verdict.ts";
import { plainTag } from "../site/pumpSite.ts";

const start = 1_795_000_000_000;
const now = start + 12_000;

test("a moving value that the site reads in the wrong word order is never the same, and its order is named", () => {
  const right = plainTag({ name: "voltage", type: "float", precision: 1 });
  const meant = { ...right, address: { ...right.address, order: "BL" } as const };
  const wrong = { ...right, address: { ...right.address, order: "LB" } as const };
  const wordsAt = (value: number) => {
    const encoded = encodeValue(value, meant.address, "float");
    if (!encoded.ok) throw new Error(encoded.problem.code);
    return encoded.value;
  };
  const codes = new Map<string, number>();
  fc.assert(
    fc.property(
      fc.array(fc.double({ min: 227, max: 231, noNaN: true }), { minLength: 13, maxLength: 13 }),
      fc.double({ min: 226, max: 232, noNaN: true }),
      (volts, later) => {
        const wire = volts.map((value, second) => {
          const words = wordsAt(value);
          return { at: start + second * 1000, words, value: decodeValue(words, wrong.address, "float") };
        });
        // Read between two of our own reads, so that it may equal neither.
        const seen = Number(later.toFixed(1));
        const verdict = judgeTag({
          tag: wrong,
          wire,
          gateway: { at: now - 500, value: seen },
          cloud: { at: now - 400, sampledAt: now - 500, value: seen },
          now,
          startedAt: start,
          intervalMs: 1000,
        });

        expect(verdict.state).toBe("differs");
        codes.set(verdict.says.code, (codes.get(verdict.says.code) ?? 0) + 1);
      },
    ),
    { numRuns: 2000 },
  );
  // Now and then the jump from read to read hides the reason, never the fault.
  expect(codes.get("verdict.wordOrder")).toBeGreaterThan(1700);
});
