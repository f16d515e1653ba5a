import { decode, type TagDecodeControl } from "cborg";
import type { Tree } from "./leaves.ts";

/** A tag of the format that says nothing a person needs: what it wraps is the value. */
const through = (inside: TagDecodeControl) => inside();

function bignum(inside: TagDecodeControl, isNegative: boolean): unknown {
  const bytes = inside();
  if (!(bytes instanceof Uint8Array) || bytes.length > 64) return bytes;
  const value = bytes.reduce((sum, byte) => sum * 256n + BigInt(byte), 0n);
  return isNegative ? -1n - value : value;
}

/** Times, big numbers and what is usual around sensor data (RFC 8949, 3.4); another tag makes the payload unreadable. */
const tags = {
  0: through,
  1: through,
  2: (inside: TagDecodeControl) => bignum(inside, false),
  3: (inside: TagDecodeControl) => bignum(inside, true),
  4: through,
  5: through,
  21: through,
  22: through,
  23: through,
  32: through,
  37: through,
  55799: through,
};

/** A CBOR document; undefined where the bytes are none, or something follows it. */
export function readCbor(bytes: Uint8Array): Tree | undefined {
  try {
    return decode(bytes, { tags, useMaps: true }) as Tree;
  } catch {
    // The library tells all malformed input by throwing, nesting that overflows the stack included.
    return undefined;
  }
}
