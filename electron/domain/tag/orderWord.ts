import type { Address, ByteOrder } from "./address.ts";
import type { TagType } from "./tag.ts";
import { ordersOf, wordsOfType } from "./width.ts";

/** The four orders of a 32-bit value, by the place of its bytes A (highest) to D on the wire. */
export const orderLetters = ["ABCD", "CDAB", "BADC", "DCBA"] as const;
export type OrderLetters = (typeof orderLetters)[number];

const lettersOfWord: ReadonlyMap<string, OrderLetters> = new Map([
  ...[
    "abcd",
    "ab",
    "1234",
    "be",
    "big",
    "bigendian",
    "none",
    "highwordfirst",
    "mswfirst",
    "大端",
    "0123",
  ].map((word) => [word, "ABCD"] as const),
  ...[
    "cdab",
    "3412",
    "wordswap",
    "wordswapped",
    "lowwordfirst",
    "lswfirst",
    "littleendianbyteswap",
    "2301",
  ].map((word) => [word, "CDAB"] as const),
  ...["badc", "2143", "byteswap", "byteswapped", "bigendianbyteswap", "1032"].map(
    (word) => [word, "BADC"] as const,
  ),
  ...["dcba", "ba", "4321", "3210"].map((word) => [word, "DCBA"] as const),
]);

const longLetters: ReadonlyMap<string, ByteOrder> = new Map([
  ["abcdefgh", "LL"],
  ["hgfedcba", "BB"],
  ["badcfehg", "LB"],
  ["ghefcdab", "BL"],
  ["cdabghef", "WS"],
  ["efghabcd", "WR"],
]);

/** What an order says of one tag's address; empty for a type that has none. Undefined: not known, or not of this type. */
export type OrderPart = Pick<Address, "order" | "stringOrder">;

/**
 * Reads `CDAB`, `3412`, `big endian`, `word swap` or Neuron's suffixes. "Little endian" alone is not read: half of the
 * vendors mean CDAB by it and half DCBA.
 */
export function readOrderWord(text: string, type: TagType): OrderPart | undefined {
  const word = text.toLowerCase().replace(/[\s_\-/#,]+/g, "");
  const suffix = text.trim().replace(/^#/, "");
  if (/^[A-Z]{1,2}$/.test(suffix) && ordersOf(type).includes(suffix as ByteOrder)) {
    return { order: suffix as ByteOrder };
  }
  const long = longLetters.get(word);
  if (long) return isNumeric(type) && wordsOfType[type] === 4 ? { order: long } : undefined;
  const letters = lettersOfWord.get(word);
  return letters && orderPart(letters, type);
}

/** The same order for any type: words swap only where there are several, texts know only swapped bytes. */
export function orderPart(letters: OrderLetters, type: TagType): OrderPart {
  const swapsBytes = letters === "BADC" || letters === "DCBA";
  if (type === "string") return swapsBytes ? { stringOrder: "L" } : {};
  if (!isNumeric(type)) return {};
  if (wordsOfType[type] === 1) return swapsBytes ? { order: "B" } : {};
  return { order: ({ ABCD: "LL", CDAB: "BL", BADC: "LB", DCBA: "BB" } as const)[letters] };
}

/** The letters of a tag's order; undefined where four letters cannot say it. */
export function lettersOf(address: Address, type: TagType): OrderLetters | undefined {
  if (type === "string") return address.stringOrder === "L" ? "BADC" : "ABCD";
  const { order } = address;
  if (order === undefined || order === "LL") return "ABCD";
  if (!isNumeric(type)) return undefined;
  if (wordsOfType[type] === 1) return order === "L" ? "ABCD" : "BADC";
  if (order === "L") return "ABCD";
  if (order === "B" || order === "BB") return "DCBA";
  return order === "BL" ? "CDAB" : order === "LB" ? "BADC" : undefined;
}

function isNumeric(type: TagType): type is Exclude<TagType, "string" | "bytes" | "bit"> {
  return type !== "string" && type !== "bytes" && type !== "bit";
}
