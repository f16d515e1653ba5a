import type { Json, JsonObject, Numeral } from "../json.ts";
import { realNumeral } from "../json.ts";
import type { GatewayTag, Reading } from "../model.ts";
import { error } from "../refusal.ts";
import { scaleValue } from "../values.ts";

/** A tag's state in the form that replies and messages need. */
export interface Shown {
  readonly name: string;
  /** as printed: floats carry their decimals; undefined with an error, and for an infinite float, as measured */
  readonly value?: Json;
  /** the same without the tag's precision, which the custom format ignores */
  readonly plain?: Json;
  readonly error?: number;
  /** decimals told to the reader of a float */
  readonly precision?: number;
  /** 1 bool, 2 integer, 3 float, 4 text: the type numbers of the ECP format */
  readonly kind: 1 | 2 | 3 | 4;
}

/** @param expired true where the value is too old to be shown (3008) */
export function showReading(tag: GatewayTag, reading: Reading | undefined, expired: boolean): Shown {
  if (reading === undefined) return { name: tag.name, error: error.notReady, kind: 2 };
  if ("error" in reading) return { name: tag.name, error: reading.error, kind: 2 };
  if (expired) return { name: tag.name, error: error.valueExpired, kind: 2 };
  const { value, real } = scaleValue(tag, reading.value);
  if (!real) {
    const kind =
      typeof value === "boolean" ? 1 : typeof value === "number" || typeof value === "bigint" ? 2 : 4;
    return { name: tag.name, value: value as Json, plain: value as Json, kind };
  }
  const number = Number(value);
  if (Number.isNaN(number)) return { name: tag.name, error: error.valueExpired, kind: 3 };
  const precision = Math.max(tag.precision, 1);
  if (!Number.isFinite(number)) return { name: tag.name, precision, kind: 3 };
  const printed: Numeral = realNumeral(number, tag.precision);
  return { name: tag.name, value: printed, plain: realNumeral(number, 0), precision, kind: 3 };
}

/** A tag in the reply to a read request. */
export function replyTag(shown: Shown): JsonObject {
  return { name: shown.name, value: shown.value, error: shown.error, transferPrecision: shown.precision };
}
