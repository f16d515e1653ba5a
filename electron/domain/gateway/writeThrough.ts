import { decodeValue } from "#domain/tag/decode.ts";
import { scaleValue } from "#domain/tag/format.ts";
import type { Words } from "#domain/tag/tag.ts";
import type { WritableTag } from "#domain/tag/writeValue.ts";

/** A value as a gateway gives or takes it. */
type Plain = number | bigint | string | readonly number[];

/**
 * The value that makes Neuron write these words. Neuron divides by the tag's factor and forgets its bias, so the
 * bias is left out here: the shown value is this one plus the bias.
 */
export function valueToSend(words: Words, tag: WritableTag): Plain {
  const raw = decodeValue(words, tag.address, tag.type);
  if (tag.scale === 1 || (typeof raw !== "number" && typeof raw !== "bigint")) return raw;
  // Twelve digits hide what a factor such as 0.1 does to the last places.
  return Number((Number(raw) * tag.scale).toPrecision(12));
}

/** Whether what the gateway shows of a tag is what these words stand for, within what it prints. */
export function isShownAs(words: Words, tag: WritableTag, seen: Plain | undefined): boolean {
  const meant = scaleValue(decodeValue(words, tag.address, tag.type), tag);
  if (seen === undefined) return false;
  if (typeof meant === "bigint") return sameInteger(meant, seen, tag);
  if (typeof meant === "number") {
    const shown = Number(seen);
    // Six digits are printed without a precision, else that many places.
    const printed = tag.precision > 0 ? 0.51 * 10 ** -tag.precision : Math.abs(meant) * 1e-5;
    return Object.is(meant, shown) || Math.abs(meant - shown) <= printed + Number.EPSILON;
  }
  return typeof meant === "string" ? seen === meant : String(seen) === String(meant);
}

/** 64-bit numbers from 2^63 on come out of Neuron negative. */
function sameInteger(meant: bigint, seen: Plain, tag: WritableTag): boolean {
  if (typeof seen !== "bigint" && !Number.isSafeInteger(seen)) return false;
  const whole = BigInt(seen as number | bigint);
  return whole === meant || (tag.type === "uint64" && BigInt.asUintN(64, whole) === meant);
}
