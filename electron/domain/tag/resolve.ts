import type { Address, Area, ByteOrder } from "./address.ts";
import { decodeValue } from "./decode.ts";
import { decimalPlaces, type Expectation } from "./resolveExpectation.ts";
import { evidenceOf, knownBefore, type NumberType, scales } from "./resolvePriors.ts";
import { resolveText } from "./resolveText.ts";
import type { TagType } from "./tag.ts";
import { ordersOf, wordsOfType } from "./width.ts";

/** Registers before and after the address that are looked at: one is the usual mistake of a manual's base. */
export const reach = 2;

/** What stood in the registers, and what the device showed at that time. */
export interface Sample {
  /** words from `first` on, relative to the address (-2: two registers before); undefined where it refused to be read */
  readonly words: readonly (number | undefined)[];
  readonly first: number;
  /** "changed": nobody looked again, but the value is known to have moved since the sample before */
  readonly expected: Expectation | "changed";
}

/** One way to read the registers. */
export interface Hypothesis {
  /** registers from the address: -1 is the register before */
  readonly delta: number;
  readonly type: TagType;
  readonly order: ByteOrder | undefined;
  /** text: the byte that comes first, and how many bytes; else undefined */
  readonly stringOrder: "H" | "L" | undefined;
  readonly length: number | undefined;
  readonly scale: number;
  /** what it shows in the last sample: raw × scale, or the text */
  readonly shown: number | string;
  readonly raw: number | bigint | string;
  /** the signed type of the same width shows the same as long as the value stays positive */
  readonly orSigned: boolean;
  /** how far `shown` is from what was expected */
  readonly off: number;
}

export interface Resolution {
  /** certain: one way alone fits · ambiguous: two or more do · none: nothing does */
  readonly verdict: "certain" | "ambiguous" | "none";
  /** every way that fits all samples, the likeliest first; at most 50 */
  readonly hypotheses: readonly Hypothesis[];
  /** where nothing fits: what comes closest, the closest first */
  readonly nearest: readonly Hypothesis[];
}

const mostShown = 50;
const mostNearest = 5;
/** How far off, of its size, a value may be to be shown as near. */
const near = 0.2;

/**
 * Which type, order, offset and scale explain what the display shows.
 *
 * Each way to read the words is weighed: how usual it is, and how unlikely it would be that words which mean something
 * else look like the expected value by chance. Where two ways fit, a second sample with another value tells them
 * apart: a way must fit all of them.
 * @param samples one or more, oldest first; all of the same registers
 */
export function resolve(samples: readonly Sample[]): Resolution {
  const last = samples.at(-1);
  if (!last) return { verdict: "none", hypotheses: [], nearest: [] };
  if (samples.some(({ expected }) => expected !== "changed" && expected.kind === "text"))
    return verdictOf(resolveText(samples), []);
  const found: Weighed[] = [];
  const close: Weighed[] = [];
  for (const way of waysFor(last)) {
    const weighed = weigh(way, samples);
    if (weighed === undefined) continue;
    if (weighed.fits) found.push(weighed);
    else if (weighed.closeness < near) close.push(weighed);
  }
  found.sort((a, b) => b.evidence - a.evidence);
  close.sort((a, b) => a.closeness - b.closeness || b.evidence - a.evidence);
  return verdictOf(
    found.slice(0, mostShown).map(({ hypothesis }) => hypothesis),
    close.slice(0, mostNearest).map(({ hypothesis }) => hypothesis),
  );
}

function verdictOf(hypotheses: readonly Hypothesis[], nearest: readonly Hypothesis[]): Resolution {
  if (hypotheses.length === 0) return { verdict: "none", hypotheses, nearest };
  return { verdict: hypotheses.length === 1 ? "certain" : "ambiguous", hypotheses, nearest: [] };
}

/** The tag's address when a hypothesis is taken: the place moved, the order said. */
export function addressOf(hypothesis: Hypothesis, at: { unit: number; area: Area; offset: number }): Address {
  const { delta, order, stringOrder, length } = hypothesis;
  return {
    ...at,
    offset: at.offset + delta,
    ...(order !== undefined && { order }),
    ...(length !== undefined && { length }),
    ...(stringOrder !== undefined && { stringOrder }),
  };
}

interface Way {
  readonly delta: number;
  readonly type: NumberType;
  readonly order: ByteOrder | undefined;
  readonly scale: number;
}

interface Weighed {
  readonly hypothesis: Hypothesis;
  readonly fits: boolean;
  readonly closeness: number;
  readonly evidence: number;
}

const types: readonly NumberType[] = [
  "uint16",
  "int16",
  "uint32",
  "int32",
  "float",
  "uint64",
  "int64",
  "double",
];

function* waysFor(sample: Sample): Iterable<Way> {
  for (const type of types) {
    const size = wordsOfType[type];
    for (let delta = -reach; delta <= reach; delta++) {
      if (wordsAt(sample, delta, size) === undefined) continue;
      for (const order of distinctOrders(type)) {
        for (const scale of scales) yield { delta, type, order, scale };
      }
    }
  }
}

/** Orders that read differently: of 64 bits L is LL and B is BB. The plain one needs no suffix. */
function distinctOrders(type: NumberType): readonly (ByteOrder | undefined)[] {
  const orders = ordersOf(type).filter((order) => wordsOfType[type] === 1 || order.length === 2);
  return orders.map((order) => (order === "L" || order === "LL" ? undefined : order));
}

function wordsAt({ words, first }: Sample, delta: number, size: number): readonly number[] | undefined {
  const from = delta - first;
  if (from < 0 || from + size > words.length) return undefined;
  const own = words.slice(from, from + size);
  return own.includes(undefined) ? undefined : (own as readonly number[]);
}

/** Undefined for a way that says the same as a more usual one: a signed type of a value that is positive throughout. */
function weigh({ delta, type, order, scale }: Way, samples: readonly Sample[]): Weighed | undefined {
  let fits = true;
  let closeness = 0;
  let evidence = knownBefore(type, order, delta, scale);
  let orSigned = type.startsWith("uint");
  let isNegative = false;
  let shown = 0;
  let raw: number | bigint = 0;
  let off = 0;
  for (const sample of samples) {
    const own = wordsAt(sample, delta, wordsOfType[type]);
    if (own === undefined) return undefined;
    const before = shown;
    raw = decodeValue(own, orderedPlace(order), type) as number | bigint;
    shown = Number(raw) * scale;
    if (sample.expected === "changed") {
      if (!isSmallStep(before, shown)) fits = false;
    } else if (sample.expected.kind === "number") {
      const { value, tolerance } = sample.expected;
      off = Math.abs(shown - value);
      // Never the last bit: 2290 × 0.1 is not quite 229.
      if (!(off <= tolerance + Math.abs(value) * 1e-9)) fits = false;
      closeness = Math.max(closeness, off / Math.max(Math.abs(value), tolerance, 1e-9));
      evidence += evidenceOf(own, type, scale, sample.expected, off);
    }
    if (isNegativeSigned(own, order)) orSigned = false;
    if (raw < 0) isNegative = true;
  }
  if (Number.isNaN(shown)) return undefined;
  if (type.startsWith("int") && !isNegative) return undefined;
  const hypothesis: Hypothesis = {
    delta,
    type,
    order,
    stringOrder: undefined,
    length: undefined,
    scale,
    shown: rounded(shown, scale, raw),
    raw,
    orSigned,
    off,
  };
  return { hypothesis, fits, closeness, evidence };
}

/** A value that moved, and no further than a quarter: read the wrong way, the same words stand still or jump. */
function isSmallStep(before: number, after: number): boolean {
  return after !== before && Math.abs(after - before) <= Math.max(Math.abs(before), Math.abs(after)) / 4;
}

function orderedPlace(order: ByteOrder | undefined): Address {
  return { unit: 1, area: "holding", offset: 0, ...(order !== undefined && { order }) };
}

/** Whether the signed type of the same width would read a negative value. */
function isNegativeSigned(words: readonly number[], order: ByteOrder | undefined): boolean {
  const type = words.length === 1 ? "int16" : words.length === 2 ? "int32" : "int64";
  return (decodeValue(words, orderedPlace(order), type) as number | bigint) < 0;
}

/** Whole numbers times a power of ten have as many decimals as the power says: 229, not 229.00000000000003. */
function rounded(shown: number, scale: number, raw: number | bigint): number {
  const isWhole = typeof raw === "bigint" || Number.isInteger(raw);
  return isWhole && scale < 1 ? Number(shown.toFixed(decimalPlaces(scale))) : shown;
}
