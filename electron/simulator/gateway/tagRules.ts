import { isBitArea } from "#domain/tag/width.ts";
import { parseLooseAddress } from "./address.ts";
import { isObject, type Json, type JsonObject } from "./json.ts";
import { attribute, type GatewayTag } from "./model.ts";
import { error, Refusal } from "./refusal.ts";
import { misread, plainType, registersOf } from "./types.ts";

/** STRING, BIT, BOOL, TIME, DATA_AND_TIME, CUSTOM take no precision, decimal or bias. */
const unscaled = new Set<number>([13, 11, misread.bool, misread.time, 21, 40]);

/** Reads a tag from a request body; a missing required field refuses the whole request. */
export function readTag(body: Json): GatewayTag {
  if (!isObject(body)) throw new Refusal(error.body);
  const { name, address, attribute: bits, type: kind } = body;
  if (typeof name !== "string" || typeof address !== "string" || bits === undefined || kind === undefined) {
    throw new Refusal(error.body);
  }
  return {
    // A type that is no number is kept as 0, which the check refuses as an unknown type.
    type: integerOf(kind),
    name,
    attribute: integerOf(bits),
    precision: integerOf(body.precision),
    decimal: numberOf(body.decimal),
    bias: numberOf(body.bias),
    address,
    description: typeof body.description === "string" ? body.description : "",
    unit: typeof body.unit === "string" ? body.unit : "",
  };
}

/** @returns the error number for a tag of a Modbus driver, 0 when it may be stored */
export function checkTag(tag: GatewayTag): number {
  if (byteLength(tag.name) >= 128) return error.tagNameLong;
  if (byteLength(tag.address) >= 128) return error.tagAddressLong;
  if (byteLength(tag.description) >= 256) return error.tagDescriptionLong;
  if (registersOf(tag.type, 0, false) === undefined) return error.tagType;
  if (tag.precision > 17 || (tag.precision > 0 && unscaled.has(tag.type))) return error.tagPrecision;
  if (tag.decimal !== 0 && unscaled.has(tag.type)) return error.tagDecimal;
  if (tag.bias !== 0 && unscaled.has(tag.type)) return error.tagBias;
  const address = parseLooseAddress(tag.address, 1);
  if (address === undefined) return error.tagAddress;
  const writes = (tag.attribute & attribute.write) !== 0;
  const type = plainType(tag.type);
  if (isBitArea(address.area)) {
    if (type !== "bit") return error.tagType;
    return writes && address.area === "discrete" ? error.tagAttribute : 0;
  }
  if (writes && address.area === "input") return error.tagAttribute;
  if (type === "bit") {
    if ((address.bit ?? 0) > 15) return error.tagAddress;
    return writes ? error.tagAttribute : 0;
  }
  const length = address.length ?? 0;
  if (type === "string" && (length < 1 || length > 127)) return error.tagAddress;
  if (type === "bytes" && (length < 2 || length > 128 || length % 2 === 1)) return error.tagAddress;
  return 0;
}

/** A tag in the gateway's field order, its factors as floats. */
export function printedTag(tag: GatewayTag): JsonObject {
  const { type: kind, name, attribute: bits, precision, decimal, bias, address, description, unit } = tag;
  return {
    type: kind,
    name,
    attribute: bits,
    precision,
    decimal: factor(decimal),
    bias: factor(bias),
    address,
    description,
    unit,
  };
}

/** A tag in an export: its unit is lost there, as measured. */
export function exportedTag(tag: GatewayTag): JsonObject {
  return { ...printedTag(tag), unit: "" };
}

function factor(value: number): Json {
  return { numeral: Number.isInteger(value) ? `${value}.0` : String(value) };
}

function integerOf(value: Json | undefined): number {
  return Math.trunc(numberOf(value));
}

function numberOf(value: Json | undefined): number {
  return typeof value === "number" ? value : typeof value === "bigint" ? Number(value) : 0;
}

export function byteLength(text: string): number {
  return new TextEncoder().encode(text).length;
}
