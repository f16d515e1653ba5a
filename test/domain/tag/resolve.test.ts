import { describe, expect, test } from "vitest";
import type { ByteOrder } from "#domain/tag/address.ts";
import { encodeValue } from "#domain/tag/encode.ts";
import { addressOf, type Hypothesis, resolve, type Sample } from "#domain/tag/resolve.ts";
import { readExpectation } from "#domain/tag/resolveExpectation.ts";
import type { TagType } from "#domain/tag/tag.ts";
import { ordersOf, wordsOfType } from "#domain/tag/width.ts";
import { seeded } from "#test/bench/parts/figures.ts";

/** Words around an address: `words[at]` is the one at the address itself. */
function sample(
  words: readonly (number | undefined)[],
  at: number,
  shows: string,
  tolerance?: number,
): Sample {
  const expected = readExpectation(shows, tolerance);
  if (!expected) throw new Error("nothing expected");
  return { words, first: -at, expected };
}

describe("resolving what the words mean", () => {
  test("finds the float with its words exchanged that shows 2.4e-41 when read plainly", () => {
    const { verdict, hypotheses } = resolve([sample([0x0000, 0x4368], 0, "229.0")]);

    expect(verdict).toBe("certain");
    expect(hypotheses[0]).toMatchObject({ delta: 0, type: "float", order: "BL", scale: 1, shown: 232 });
  });

  test("says that nothing fits within a narrow tolerance, and what comes closest", () => {
    const { verdict, hypotheses, nearest } = resolve([sample([0x0000, 0x4368], 0, "229.0", 1)]);

    expect([verdict, hypotheses]).toEqual(["none", []]);
    expect(nearest[0]).toMatchObject({ type: "float", order: "BL", shown: 232, off: 3 });
  });

  test("finds the register that a manual counts from one", () => {
    const { verdict, hypotheses } = resolve([
      sample([31_000, 41_234, 5017, 2290, 61_000, 9], 2, "229.0", 0.05),
    ]);

    expect(verdict).toBe("certain");
    expect(hypotheses[0]).toMatchObject({ delta: 1, type: "uint16", scale: 0.1, shown: 229, orSigned: true });
  });

  test("says that two ways fit, and tells them apart by a second sample", () => {
    const before = sample([2290, 2290], 0, "229.0", 0.05);

    const first = resolve([before]);
    expect(first.verdict).toBe("ambiguous");
    expect(first.hypotheses.map(({ delta }) => delta)).toEqual([0, 1]);

    const settled = resolve([before, sample([2290, 2310], 0, "231.0", 0.05)]);
    expect(settled).toMatchObject({ verdict: "certain", hypotheses: [{ delta: 1, shown: 231 }] });
  });

  test("tells them apart by the words alone when the value is known to have changed", () => {
    const before = sample([2290, 2290], 0, "229.0", 0.05);
    const moved = (words: readonly number[]) => resolve([before, { words, first: 0, expected: "changed" }]);

    expect(moved([2290, 2310])).toMatchObject({ verdict: "certain", hypotheses: [{ delta: 1 }] });
    expect(moved([2290, 2290]).verdict).toBe("none");
    expect(moved([2291, 2310]).verdict).toBe("ambiguous");
  });

  test("names a signed type only where the sign shows, and says where it may be signed", () => {
    const [negative] = resolve([sample([0xff9c], 0, "-10.0", 0.05)]).hypotheses;
    const [positive] = resolve([sample([100], 0, "10.0", 0.05)]).hypotheses;
    const [large] = resolve([sample([60_000], 0, "6000.0", 0.05)]).hypotheses;

    expect(negative).toMatchObject({ type: "int16", scale: 0.1, shown: -10, orSigned: false });
    expect(positive).toMatchObject({ type: "uint16", orSigned: true });
    expect(large).toMatchObject({ type: "uint16", orSigned: false });
  });

  test("finds a text whose bytes come swapped", () => {
    const words = [..."rP3oME1-"].reduce<number[]>((all, letter, index) => {
      if (index % 2 === 0) all.push(letter.charCodeAt(0) << 8);
      else all.push((all.pop() as number) | letter.charCodeAt(0));
      return all;
    }, []);
    const { verdict, hypotheses } = resolve([sample([7, ...words, 0], 0, "Pro3EM-1")]);

    expect(verdict).toBe("certain");
    expect(hypotheses[0]).toMatchObject({ delta: 1, type: "string", stringOrder: "L", length: 8 });
    expect(addressOf(hypotheses[0] as Hypothesis, { unit: 1, area: "holding", offset: 20 })).toEqual({
      unit: 1,
      area: "holding",
      offset: 21,
      length: 8,
      stringOrder: "L",
    });
  });

  test("puts the asked address before a mixture of two neighbours that look alike", () => {
    // Three phases as floats with their words exchanged: the second half of one and the first of the next make a fourth.
    const phases = [0x119c, 0x4364, 0x55cf, 0x4364, 0x9560, 0x4365];
    const { verdict, hypotheses } = resolve([sample(phases, 0, "229", 3)]);

    expect(verdict).toBe("ambiguous");
    expect(hypotheses.map(({ delta, order }) => [delta, order])).toEqual([
      [0, "BL"],
      [1, undefined],
      [2, "BL"],
    ]);
  });

  test("does without the registers that the device refused", () => {
    const { hypotheses } = resolve([
      sample([undefined, undefined, 0x4365, 0x028f, undefined], 2, "229.01", 0.005),
    ]);

    expect(hypotheses[0]).toMatchObject({ delta: 0, type: "float", order: undefined });
  });

  test("takes half of the last digit or two per cent where no tolerance is given", () => {
    expect(readExpectation("229.0")).toEqual({ kind: "number", value: 229, tolerance: 4.58 });
    expect(readExpectation("1")).toEqual({ kind: "number", value: 1, tolerance: 0.5 });
    expect(readExpectation(" 4.2 ", 0.1)).toEqual({ kind: "number", value: 4.2, tolerance: 0.1 });
    expect(readExpectation("Pro3EM-1")).toEqual({ kind: "text", text: "Pro3EM-1" });
    expect(readExpectation("  ")).toBeUndefined();
  });
});

interface Case {
  readonly samples: readonly [Sample, Sample];
  readonly truth: Pick<Hypothesis, "delta" | "type" | "order" | "scale">;
}

describe("resolving a thousand registers as devices have them", () => {
  const cases = Array.from({ length: 1000 }, (_, seed) => deviceCase(seeded(seed + 1)));

  test("ranks the right way first in nine of ten, and always among the first three", () => {
    let first = 0;
    const missed: unknown[] = [];
    for (const { samples, truth } of cases) {
      const { hypotheses } = resolve([samples[0]]);
      const place = hypotheses.findIndex((one) => isSame(one, truth));
      if (place === 0) first++;
      if (place < 0 || place > 2)
        missed.push({ place, truth, sample: samples[0], hypotheses: hypotheses.slice(0, 4) });
    }

    expect(missed).toEqual([]);
    expect(first).toBeGreaterThanOrEqual(900);
  });

  test("is certain only of the right way, and a second sample never loses it", () => {
    let certain = 0;
    let settled = 0;
    for (const { samples, truth } of cases) {
      const once = resolve([samples[0]]);
      const twice = resolve(samples);
      if (once.verdict === "certain") {
        certain++;
        expect(isSame(once.hypotheses[0] as Hypothesis, truth)).toBe(true);
      } else expect(once.hypotheses.length).toBeGreaterThan(1);
      expect(twice.hypotheses.some((one) => isSame(one, truth))).toBe(true);
      if (twice.verdict === "certain") settled++;
    }

    expect(settled).toBeGreaterThan(certain);
  });

  test("calls every case ambiguous in which a second way was made to fit", () => {
    for (const { samples, truth } of cases) {
      // The same words once more, two registers on: both are as good.
      const { words, first, expected } = samples[0];
      const size = wordsOfType[truth.type as "float"];
      const at = truth.delta - first;
      const twin = truth.delta <= 0 ? at + size : at - size;
      if (Math.abs(twin + first) > 2 || twin < 0) continue;
      const doubled = [...words];
      for (let index = 0; index < size; index++) doubled[twin + index] = words[at + index];

      expect(resolve([{ words: doubled, first, expected }]).verdict).toBe("ambiguous");
    }
  });
});

/** An unsigned type that may be signed stands for the signed one; of 64 bits the plain order has two names. */
function isSame(one: Hypothesis, truth: Case["truth"]): boolean {
  const isType = one.type === truth.type || (one.orSigned && one.type === `u${truth.type}`);
  return isType && one.delta === truth.delta && one.order === truth.order && one.scale === truth.scale;
}

/** A register as devices have it, its neighbours, and what the display shows: rounded, and a little earlier or later. */
function deviceCase(random: () => number): Case {
  const draw = <T>(choices: readonly (readonly [T, number])[]): T => {
    let left = random() * choices.reduce((sum, [, weight]) => sum + weight, 0);
    for (const [choice, weight] of choices) {
      left -= weight;
      if (left < 0) return choice;
    }
    return (choices[0] as readonly [T, number])[0];
  };
  const type = draw<TagType>([
    ["uint16", 35],
    ["int16", 17],
    ["float", 26],
    ["uint32", 12],
    ["int32", 7],
    ["double", 1.5],
    ["uint64", 1],
    ["int64", 0.5],
  ]);
  const isReal = type === "float" || type === "double";
  const order = draw<ByteOrder | undefined>(
    wordsOfType[type as "float"] === 1
      ? [
          [undefined, 98],
          ["B", 2],
        ]
      : [
          [undefined, 60] as const,
          ["BL", 32] as const,
          ...ordersOf(type)
            .filter((o) => o === "BB" || o === "LB")
            .map((o) => [o, 4] as const),
        ],
  );
  const delta = draw([
    [0, 82],
    [1, 8],
    [-1, 8],
    [2, 1],
    [-2, 1],
  ]);
  const scale = isReal
    ? draw([
        [1, 92],
        [0.001, 4],
        [1000, 4],
      ])
    : draw([
        [1, 35],
        [0.1, 35],
        [0.01, 20],
        [0.001, 7],
        [10, 3],
      ]);
  const raws = drawRaws(type, random);
  const decimals = isReal ? 1 + Math.floor(random() * 3) : Math.max(0, Math.round(-Math.log10(scale)));
  const around = Array.from({ length: 8 }, () => neighbour(random));
  const isMoving = random() < 0.25;
  const samples = raws.map((raw): Sample => {
    const place = { unit: 1, area: "holding", offset: 0, ...(order && { order }) } as const;
    const own = encodeValue(raw, place, type);
    if (!own.ok) throw new Error(own.problem.code);
    const words = [...around];
    words.splice(delta + 2, own.value.length, ...own.value);
    const drift = isMoving ? 1 + (random() - 0.5) * 0.008 : 1;
    const shows = (Number(raw) * scale * drift).toFixed(decimals);
    const tolerance = isMoving
      ? Math.max(Math.abs(Number(shows)) * 0.01, 0.5 / 10 ** decimals)
      : 0.5 / 10 ** decimals;
    const expected = readExpectation(shows, tolerance);
    if (!expected) throw new Error("nothing expected");
    return { words: words.slice(0, 8), first: -2, expected };
  });
  return { samples: [samples[0] as Sample, samples[1] as Sample], truth: { delta, type, order, scale } };
}

/** Two values of a quantity, one after the other. */
function drawRaws(type: TagType, random: () => number): readonly (number | bigint)[] {
  const sign = type.startsWith("int") && random() < 0.6 ? -1 : 1;
  const size = type.endsWith("16")
    ? 100 + random() * 32_000
    : 200 + random() ** 2 * (type.endsWith("64") ? 5e10 : 5e6);
  const values = [size * sign, size * sign * 1.013 + 3 * sign];
  if (type === "float") return values.map((value) => Math.fround(value / 100));
  if (type === "double") return values.map((value) => value / 100);
  const whole = values.map((value) =>
    Math.max(type === "int16" ? -32_768 : Number.NEGATIVE_INFINITY, Math.round(value)),
  );
  return type.endsWith("64") ? whole.map(BigInt) : whole;
}

function neighbour(random: () => number): number {
  const kind = random();
  if (kind < 0.15) return 0;
  if (kind < 0.45) return Math.floor(random() * 1000);
  if (kind < 0.65) return Math.floor(random() * 10_000);
  return Math.floor(random() * 65_536);
}
