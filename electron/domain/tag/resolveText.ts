import { utf8Bytes } from "../utf8.ts";
import type { Hypothesis, Sample } from "./resolve.ts";

/** Registers before and after the address at which a text may begin. */
const reach = 2;

/**
 * The places and byte orders at which all samples have the text that was expected: `rP3oME1-` is "Pro3EM-1" with the
 * low byte first.
 */
export function resolveText(samples: readonly Sample[]): readonly Hypothesis[] {
  const found: Hypothesis[] = [];
  for (const delta of [0, -1, 1, -2, 2]) {
    if (Math.abs(delta) > reach) continue;
    for (const stringOrder of ["H", "L"] as const) {
      const texts = samples.map((sample) => fitting(sample, delta, stringOrder));
      const length = Math.max(...texts.map((one) => one?.length ?? 0));
      const text = texts.findLast((one) => one !== undefined && one.text !== "")?.text;
      if (text === undefined || texts.includes(undefined)) continue;
      found.push({
        delta,
        type: "string",
        order: undefined,
        stringOrder,
        length,
        scale: 1,
        shown: text,
        raw: text,
        orSigned: false,
        off: 0,
      });
    }
  }
  return found;
}

function fitting(
  { words, first, expected }: Sample,
  delta: number,
  stringOrder: "H" | "L",
): { readonly text: string; readonly length: number } | undefined {
  // A text that only changed says nothing of where it stands.
  if (expected === "changed") return { text: "", length: 0 };
  if (expected.kind !== "text") return undefined;
  const wanted = utf8Bytes(expected.text);
  const length = Math.ceil(wanted.length / 2) * 2;
  const own = words.slice(delta - first, delta - first + length / 2);
  if (delta < first || own.length < length / 2 || own.includes(undefined)) return undefined;
  const bytes = own.flatMap((word = 0) =>
    stringOrder === "H" ? [word >> 8, word & 0xff] : [word & 0xff, word >> 8],
  );
  return wanted.every((byte, index) => bytes[index] === byte) ? { text: expected.text, length } : undefined;
}
