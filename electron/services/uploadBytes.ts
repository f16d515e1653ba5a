import { fromBase64 } from "#domain/bundle/base64.ts";
import { joined } from "#domain/joined.ts";
import { ProblemError } from "#domain/problem.ts";
import type { Sliced } from "#domain/sliced.ts";

const lettersASlice = 16 * 1024;

/** The bytes of an upload that came as base64, in pieces of any length. */
export function* uploadBytes(text: string): Sliced<Uint8Array> {
  const parts: Uint8Array[] = [];
  for (let from = 0; from < text.length; from += lettersASlice) {
    const part = fromBase64(text.slice(from, from + lettersASlice));
    if (!part) throw new ProblemError({ code: "input.invalid", reason: "base64" });
    parts.push(part);
    yield;
  }
  return joined(parts);
}
