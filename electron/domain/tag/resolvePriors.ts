import type { ByteOrder } from "./address.ts";
import type { Expectation } from "./resolveExpectation.ts";
import type { TagType } from "./tag.ts";

export type NumberType = Exclude<TagType, "bit" | "string" | "bytes">;

/** Factors that devices use: powers of ten, to which people also move a unit (kW, W). */
export const scales = [1, 0.1, 0.01, 0.001, 10, 100, 1000] as const;

// All weights are natural logarithms: a weight of -2 is about one such register in seven.

const typeWeights: Readonly<Record<NumberType, number>> = {
  uint16: 0,
  int16: -0.5,
  float: -0.3,
  uint32: -1,
  int32: -1.3,
  uint64: -3.5,
  int64: -4,
  double: -3.5,
};

const orderWeights: Readonly<Record<ByteOrder, number>> = {
  L: 0,
  LL: 0,
  BL: -0.5,
  BB: -3,
  LB: -3.5,
  B: -4,
  WS: -5,
  WR: -5,
};

const deltaWeights = [0, -2.3, -4.5] as const;

const wholeScaleWeights: Readonly<Record<number, number>> = {
  1: 0,
  0.1: -0.3,
  0.01: -0.7,
  0.001: -1.5,
  10: -2.5,
  100: -3.5,
  1000: -3.5,
};

/** A real number has its own decimals: a factor beside it only moves the unit. */
const realScaleWeights: Readonly<Record<number, number>> = {
  1: 0,
  0.1: -4,
  0.01: -4.5,
  0.001: -2.5,
  10: -4.5,
  100: -5,
  1000: -2.5,
};

/** How usual such a register is, before anything was read. */
export function knownBefore(
  type: NumberType,
  order: ByteOrder | undefined,
  delta: number,
  scale: number,
): number {
  const isReal = type === "float" || type === "double";
  return (
    typeWeights[type] +
    (order === undefined ? 0 : orderWeights[order]) +
    (deltaWeights[Math.abs(delta)] ?? -6) +
    ((isReal ? realScaleWeights : wholeScaleWeights)[scale] ?? -5)
  );
}

/**
 * How much better "these words hold the expected value" explains them than chance does: chance fills registers with
 * zeros, small numbers and noise; the expected value leaves as few choices as its tolerance has raw values, the near
 * ones likelier than those at its edge.
 */
export function evidenceOf(
  words: readonly number[],
  type: NumberType,
  scale: number,
  expected: Extract<Expectation, { kind: "number" }>,
  off: number,
): number {
  const byChance = words.reduce((sum, word) => sum + chanceOf(word), 0);
  const choices = rawValuesWithin(type, expected, scale);
  const distance = expected.tolerance === 0 ? 0 : off / expected.tolerance;
  return -byChance - Math.log(choices) - 2 * Math.min(distance, 2) ** 2;
}

/** Logarithm of how often a register that means something else holds this word. */
function chanceOf(word: number): number {
  if (word === 0) return Math.log(0.2);
  if (word === 0xffff) return Math.log(0.02);
  if (word < 1000) return Math.log(0.3 / 1000);
  return Math.log(0.48 / 64_535);
}

/** Raw values that would show as the expected one; of reals those with four figures more than its tolerance. */
function rawValuesWithin(
  type: NumberType,
  { value, tolerance }: Extract<Expectation, { kind: "number" }>,
  scale: number,
): number {
  if (type !== "float" && type !== "double") return Math.max(1, (2 * tolerance) / scale);
  const figures = type === "float" ? 2 ** 24 : 2 ** 53;
  const share = (2 * tolerance) / Math.max(Math.abs(value), tolerance, Number.MIN_VALUE);
  return Math.max(1, Math.min(share * figures, 1e15));
}
