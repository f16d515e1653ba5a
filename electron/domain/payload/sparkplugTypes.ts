import { type Field, integerOf, plainInteger, realOf, textOf } from "./protobuf.ts";
import type { PayloadValue } from "./reading.ts";

/**
 * Bits of Sparkplug's signed types by their number: a negative one comes as an unsigned number of the same bits.
 *
 * @see Sparkplug 3.0.0, 6.4.16 (data types) and 6.4.6 (metric)
 */
const signedBits: Readonly<Record<number, number>> = { 1: 8, 2: 16, 3: 32, 4: 64 };
const dateTime = 13;

/**
 * The value in a metric, or in a cell of a data set, whose fields are the same from `first` on: int 0, long 1,
 * float 2, double 3, boolean 4, text 5, bytes 6.
 */
export function sparkplugValue(
  fields: readonly Field[],
  first: number,
  datatype: number,
): PayloadValue | undefined {
  const field = fields.findLast(({ number }) => number >= first && number <= first + 6);
  if (field === undefined) return undefined;
  const place = field.number - first;
  if (place <= 1) return wholeOf(field, datatype);
  if (place <= 3) return realOf(field);
  if (place === 4) {
    const truth = integerOf(field, false);
    return truth === undefined ? undefined : truth !== 0n;
  }
  if (place === 5) return textOf(field);
  return field.kind === "bytes" ? [...field.bytes] : undefined;
}

function wholeOf(field: Field, datatype: number): PayloadValue | undefined {
  const value = integerOf(field, false);
  if (value === undefined) return undefined;
  if (datatype === dateTime) return Number(value);
  const bits = signedBits[datatype];
  return plainInteger(bits === undefined ? value : BigInt.asIntN(bits, value));
}
