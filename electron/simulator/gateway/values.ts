import type { Address, ByteOrder } from "#domain/tag/address.ts";
import { toValueBytes } from "#domain/tag/byteOrder.ts";
import { decodeValue } from "#domain/tag/decode.ts";
import type { Words } from "#domain/tag/tag.ts";
import { wordsOfType } from "#domain/tag/width.ts";
import type { LooseAddress } from "./address.ts";
import type { GatewayTag, ReadValue } from "./model.ts";
import { isReal, misread, plainType } from "./types.ts";

const orders32: readonly ByteOrder[] = ["LL", "LB", "BB", "BL"];
const orders64: readonly ByteOrder[] = ["LL", "LB", "BB", "BL", "WS", "WR"];

/** A node's word orders, for tags without a suffix. */
export interface NodeOrders {
  readonly words32: ByteOrder;
  readonly words64: ByteOrder;
}

/** @param endianess 1–4 and @param endianess64 1–6, as the node's parameters have them */
export function nodeOrders(endianess: unknown, endianess64: unknown): NodeOrders {
  return {
    words32: orders32[Number(endianess ?? 1) - 1] ?? "LL",
    words64: orders64[Number(endianess64 ?? 1) - 1] ?? "LL",
  };
}

/** The domain's address for a value of that type: the node's order where the tag has none. */
export function strictAddress(kind: number, address: LooseAddress, node: NodeOrders): Address {
  const { unit, area, offset, bit = 0, length = 0, stringOrder } = address;
  const type = plainType(kind);
  if (type === "bit")
    return area === "coil" || area === "discrete" ? { unit, area, offset } : { unit, area, offset, bit };
  // The orders D and E are taken and read like H.
  if (type === "string") return { unit, area, offset, length, stringOrder: stringOrder === "L" ? "L" : "H" };
  if (type === "bytes") return { unit, area, offset, length };
  const words = type === undefined ? 1 : wordsOfType[type];
  const order = address.order ?? (words === 2 ? node.words32 : words === 4 ? node.words64 : "L");
  return { unit, area, offset, order };
}

/** Decodes words as Neuron does, its misreadings of 8-bit, BOOL and WORD types included. */
export function decodeWords(kind: number, address: LooseAddress, node: NodeOrders, words: Words): ReadValue {
  const type = plainType(kind);
  if (type !== undefined) {
    const value = decodeValue(words, strictAddress(kind, address, node), type);
    // Printed through a signed integer, so an unsigned one from 2^63 on comes out negative.
    return type === "uint64" && typeof value === "bigint" ? BigInt.asIntN(64, value) : value;
  }
  const view = new DataView(toValueBytes(words, undefined).buffer);
  switch (kind) {
    case misread.int8:
      return view.getInt8(0);
    case misread.uint8:
      return view.getUint8(0);
    case misread.bool:
      return view.getUint8(0) !== 0;
    case misread.word:
      return view.getUint16(0, true);
    case misread.dword:
      return view.getUint32(0, true);
    case misread.lword:
      return view.getBigInt64(0, true);
    default:
      return view.getUint32(0);
  }
}

/** shown = raw × decimal + bias; a scaled or biased value becomes a float. */
export function scaleValue(tag: GatewayTag, value: ReadValue): { value: ReadValue; real: boolean } {
  const scaled = tag.decimal !== 0 || tag.bias !== 0;
  if (!scaled || (typeof value !== "number" && typeof value !== "bigint"))
    return { value, real: isReal(tag.type) };
  return { value: Number(value) * (tag.decimal === 0 ? 1 : tag.decimal) + tag.bias, real: true };
}
