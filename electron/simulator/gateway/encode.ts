import { encodeValue } from "#domain/tag/encode.ts";
import type { TagType, Words } from "#domain/tag/tag.ts";
import type { LooseAddress } from "./address.ts";
import type { Json } from "./json.ts";
import type { GatewayTag } from "./model.ts";
import { error, Refusal } from "./refusal.ts";
import { misread, plainType } from "./types.ts";
import { type NodeOrders, strictAddress } from "./values.ts";

const standIns: Readonly<Record<number, TagType>> = {
  [misread.int8]: "int16",
  [misread.uint8]: "uint16",
  [misread.word]: "uint16",
  [misread.dword]: "uint32",
  [misread.lword]: "uint64",
  [misread.time]: "uint32",
};

/**
 * Encodes a value for writing: raw = value / decimal, the bias is not taken off, text too long is cut, as measured.
 *
 * @returns words for the registers, or one 0 or 1 for a coil. Refuses with 3007 (kind) and 3020 (range).
 */
export function encodeWrite(tag: GatewayTag, address: LooseAddress, node: NodeOrders, value: Json): Words {
  if (tag.type === misread.bool) {
    if (typeof value !== "boolean") throw new Refusal(error.valueType);
    return [value ? 1 : 0];
  }
  const type = plainType(tag.type) ?? standIns[tag.type];
  if (type === undefined) throw new Refusal(error.valueType);
  const encoded = encodeValue(
    fitting(tag, address, type, value),
    strictAddress(tag.type, address, node),
    type,
  );
  if (!encoded.ok) throw new Refusal(error.valueRange);
  return encoded.value;
}

function fitting(tag: GatewayTag, address: LooseAddress, type: TagType, value: Json) {
  const length = address.length ?? 0;
  if (type === "string") {
    if (typeof value !== "string") throw new Refusal(error.valueType);
    return cutText(value, length);
  }
  if (type === "bytes") {
    if (!Array.isArray(value) || value.some((item) => typeof item !== "number"))
      throw new Refusal(error.valueType);
    return Array.from({ length }, (_, i) => Number(value[i] ?? 0) & 0xff);
  }
  if (typeof value !== "number" && typeof value !== "bigint") throw new Refusal(error.valueType);
  if (type === "bit") return Number(value);
  const raw = tag.decimal === 0 ? value : Number(value) / tag.decimal;
  if (type === "float" || type === "double") return Number(raw);
  if (tag.decimal === 0 && typeof raw === "number" && !Number.isInteger(raw))
    throw new Refusal(error.valueType);
  return typeof raw === "number" ? Math.round(raw) : raw;
}

function cutText(text: string, bytes: number): string {
  const encoded = new TextEncoder().encode(text);
  return encoded.length <= bytes ? text : new TextDecoder().decode(encoded.subarray(0, bytes));
}
