import { utf8Text } from "../utf8.ts";
import type { Address } from "./address.ts";
import { toValueBytes, writeValueBytes } from "./byteOrder.ts";
import type { TagType, Value, Words } from "./tag.ts";

// One number's bytes at a time: nothing is kept between two calls, and 100,000 values cost no garbage.
const scratch = new DataView(new ArrayBuffer(8));
const scratchBytes = new Uint8Array(scratch.buffer);

/**
 * Words as read, turned into the tag's raw value (before scale and bias).
 *
 * @param words exactly the tag's span: 1, 2 or 4 words, the string's words, or one bit (0 or 1)
 * @throws RangeError when words are missing: a bug of the caller
 * @returns bigint for 64-bit integers, true and unsigned for uint64 (the gateway prints those from 2^63 on negative)
 */
export function decodeValue(words: Words, address: Address, type: TagType): Value {
  switch (type) {
    case "bit":
      return address.bit === undefined ? (words[0] ?? 0) & 1 : ((words[0] ?? 0) >> address.bit) & 1;
    case "string":
      return decodeString(words, address);
    case "bytes":
      return [...toValueBytes(words, undefined)].slice(0, address.length);
    default:
      if (words.length > 4) throw new RangeError(`${words.length} words for one ${type}`);
      writeValueBytes(words, address.order, scratchBytes);
      return decodeNumber(scratch, type);
  }
}

function decodeNumber(view: DataView, type: Exclude<TagType, "bit" | "string" | "bytes">): number | bigint {
  switch (type) {
    case "int16":
      return view.getInt16(0);
    case "uint16":
      return view.getUint16(0);
    case "int32":
      return view.getInt32(0);
    case "uint32":
      return view.getUint32(0);
    case "int64":
      return view.getBigInt64(0);
    case "uint64":
      return view.getBigUint64(0);
    case "float":
      return view.getFloat32(0);
    case "double":
      return view.getFloat64(0);
  }
}

/** Ends at the first NUL; bytes that are not UTF-8 make the whole value "?", as on the gateway. */
function decodeString(words: Words, address: Address): string {
  const [first, second] = address.stringOrder === "L" ? [0, 8] : [8, 0];
  const bytes = Uint8Array.from(words.flatMap((word) => [(word >> first) & 0xff, (word >> second) & 0xff]));
  const end = bytes.indexOf(0);
  return utf8Text(end < 0 ? bytes : bytes.subarray(0, end)) ?? "?";
}
