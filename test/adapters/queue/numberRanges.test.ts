import fc from "fast-check";
import { expect, test } from "vitest";
import { NumberRanges } from "#adapters/queue/numberRanges.ts";

test("a set of ranges holds what a plain set holds, whatever the order", () => {
  const range = fc.tuple(fc.integer({ min: 1, max: 60 }), fc.integer({ min: 0, max: 12 }));
  fc.assert(
    fc.property(fc.array(range, { maxLength: 40 }), (added) => {
      const ranges = new NumberRanges();
      const plain = new Set<number>();
      for (const [start, length] of added) {
        const before = plain.size;
        for (let number = start; number < start + length; number++) plain.add(number);
        expect(ranges.add(start, start + length)).toBe(plain.size - before);
      }

      expect(ranges.count).toBe(plain.size);
      let outside = 1;
      while (plain.has(outside)) outside++;
      expect(ranges.firstOutside(1)).toBe(outside);
      for (let number = 0; number < 80; number++) expect(ranges.has(number)).toBe(plain.has(number));
      expect(ranges.within(10, 40)).toBe([...plain].filter((one) => one >= 10 && one < 40).length);
      const flat = ranges.ranges.flat();
      expect(flat).toEqual([...new Set(flat)].sort((a, b) => a - b));
    }),
  );
});
