import { decodeValue } from "../tag/decode.ts";
import { formatValue, scaleValue } from "../tag/format.ts";
import type { Value } from "../tag/tag.ts";
import { type GoldenRead, type Profile, type ProfilePoint, pointAddress, pointScale } from "./profile.ts";

/** What a golden read's words decode to, as shown to a person. */
export function goldenValue(point: ProfilePoint, read: GoldenRead): Value {
  // A coil's word is one digit, and reads the same in either base.
  const words = read.words.map((word) => Number.parseInt(word, 16));
  return scaleValue(decodeValue(words, pointAddress(point, 1), point.type), pointScale(point, read.exponent));
}

export interface WrongGolden {
  readonly point: string;
  readonly expected: string;
  readonly found: string;
}

/** The golden reads that do not decode to their value; a float is right when it is the nearest to it. */
export function wrongGoldens(profile: Profile): readonly WrongGolden[] {
  const points = new Map(profile.points.map((point) => [point.id, point]));
  return profile.golden.flatMap((read) => {
    const point = points.get(read.point);
    const found = point && goldenValue(point, read);
    const fits = found !== undefined && isSame(found, read.value);
    if (fits) return [];
    const shown =
      point && found !== undefined ? formatValue(found, { ...shapeOf(point), type: point.type }) : "";
    return [{ point: read.point, expected: String(read.value), found: shown }];
  });
}

function shapeOf(point: ProfilePoint) {
  return { scale: point.scale ?? 1, bias: point.bias ?? 0, precision: 0 };
}

function isSame(found: Value, expected: number | string): boolean {
  if (typeof expected === "string") return found === expected;
  if (typeof found !== "number" && typeof found !== "bigint") return false;
  const distance = Math.abs(Number(found) - expected);
  return distance <= 1e-6 * Math.max(1e-3, Math.abs(expected));
}
