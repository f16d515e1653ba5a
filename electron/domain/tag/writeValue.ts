import type { Problem } from "../problem.ts";
import { ok, type Result, refused } from "../result.ts";
import { type Decimal, divide, minus, parseDecimal, plus, printDecimal, times } from "./decimal.ts";
import { decodeValue } from "./decode.ts";
import { encodeValue } from "./encode.ts";
import { formatValue, scaleValue } from "./format.ts";
import { spanOf } from "./span.ts";
import type { Tag, Words } from "./tag.ts";

/** What a write needs to know of a tag. */
export type WritableTag = Pick<Tag, "name" | "address" | "type" | "access" | "scale" | "bias" | "precision">;

/** Before words that no shown value stands for, such as a NaN: `words:7FC00000`. */
const rawMark = "words:";

/** Why a tag can not be written at all; undefined when it can. */
export function writeRefusal(tag: WritableTag): Problem | undefined {
  const { name, address, access } = tag;
  if (address.unit === 0) return { code: "unit.broadcast" };
  if (address.area !== "coil" && address.area !== "holding") {
    return { code: "tag.accessUnfit", name, reason: address.area };
  }
  if (address.bit !== undefined) return { code: "tag.accessUnfit", name, reason: "registerBit" };
  return access.includes("write") ? undefined : { code: "tag.accessUnfit", name, reason: "readOnly" };
}

/**
 * Text that a person typed as the words that would be written. The text is the shown value, so scale and bias are
 * undone, exactly: raw = (value − bias) / scale. Decimals stand after a point; a comma is refused, for it means a
 * thousand to some and a tenth to others. `words:` and hex writes words as they are.
 *
 * @returns Problem value.notNumber, or value.unfit when the type has no such value: out of its range, or an integer
 * that would be shown as something else by more than half a unit of the text's last place
 */
export function wordsToWrite(text: string, tag: WritableTag): Result<Words, Problem> {
  const { address, type } = tag;
  const typed = text.trim();
  const raw = rawWords(typed, tag);
  if (raw) return ok(raw);
  if (type === "string") return encodeValue(text, address, type);
  const unfit = refused<Problem>({ code: "value.unfit", value: typed, type, at });
  if (type === "bytes") return encodeOr(unfit, hexBytes(typed), tag);
  const value = parseDecimal(typed);
  if (!value) return refused({ code: "value.notNumber", text: typed, at });
  if (type === "bit") return typed === "0" || typed === "1" ? encodeOr(unfit, Number(typed), tag) : unfit;

  const [scale, bias] = [decimalOf(tag.scale), decimalOf(tag.bias)];
  if (type === "float" || type === "double") {
    const isPlain = tag.scale === 1 && tag.bias === 0;
    const real = isPlain ? Number(typed) : divide(minus(value, bias), scale).real;
    return Number.isFinite(real) ? encodeOr(unfit, real, tag) : unfit;
  }
  const { nearest } = divide(minus(value, bias), scale);
  const shown = plus(times({ digits: nearest, places: 0 }, scale), bias);
  return isWithinLastPlace(shown, value) ? encodeOr(unfit, nearest, tag) : unfit;
}

/** The value of words as text that `wordsToWrite` turns into the same words again: for putting back what was there. */
export function textOfWords(words: Words, tag: WritableTag): string {
  const value = decodeValue(words, tag.address, tag.type);
  const shown = formatValue(scaleValue(value, tag), tag);
  if (isSame(wordsToWrite(shown, tag), words)) return shown;
  // Bytes after a text's end say nothing; text that is not text does not come back by its "?".
  if (tag.type === "string" && shown !== "?") return shown;
  if (typeof value === "bigint" || typeof value === "number") {
    const raw = parseDecimal(String(value));
    const exact = raw && printDecimal(plus(times(raw, decimalOf(tag.scale)), decimalOf(tag.bias)));
    if (exact !== undefined && isSame(wordsToWrite(exact, tag), words)) return exact;
  }
  return `${rawMark}${words.map((word) => word.toString(16).padStart(4, "0").toUpperCase()).join("")}`;
}

const at = { field: "value" };

function encodeOr(
  unfit: Result<Words, Problem>,
  value: Parameters<typeof encodeValue>[0] | undefined,
  tag: WritableTag,
): Result<Words, Problem> {
  if (value === undefined) return unfit;
  const encoded = encodeValue(value, tag.address, tag.type);
  return encoded.ok ? encoded : unfit;
}

function rawWords(typed: string, tag: WritableTag): Words | undefined {
  if (!typed.startsWith(rawMark) || tag.address.area === "coil") return undefined;
  const hex = typed.slice(rawMark.length).replaceAll(" ", "");
  const { registers } = spanOf(tag.address, tag.type);
  if (!/^[0-9a-f]*$/i.test(hex) || hex.length !== registers * 4) return undefined;
  return Array.from({ length: registers }, (_, index) =>
    Number.parseInt(hex.slice(index * 4, index * 4 + 4), 16),
  );
}

/** Pairs of hex digits, with or without space between them. */
function hexBytes(typed: string): readonly number[] | undefined {
  if (!/^([0-9a-f]{2}\s*)+$/i.test(typed)) return undefined;
  return (typed.match(/[0-9a-f]{2}/gi) ?? []).map((pair) => Number.parseInt(pair, 16));
}

/** Numbers print as the shortest decimal that names them, which is the one the person meant. */
function decimalOf(number: number): Decimal {
  const decimal = parseDecimal(String(number));
  if (!decimal) throw new RangeError(`${number} as scale or bias`);
  return decimal;
}

/** 229.33 stands for all from 229.325 to 229.335; a text without decimals for half a unit either way. */
function isWithinLastPlace(shown: Decimal, typed: Decimal): boolean {
  const difference = minus(shown, typed);
  const size = difference.digits < 0n ? -difference.digits : difference.digits;
  const half = { digits: 5n, places: typed.places + 1 };
  return minus({ digits: size, places: difference.places }, half).digits <= 0n;
}

function isSame(written: Result<Words, Problem>, words: Words): boolean {
  return (
    written.ok && written.value.length === words.length && written.value.every((word, i) => word === words[i])
  );
}
