import type { Problem } from "../problem.ts";
import { ok, type Result, refused } from "../result.ts";
import type { Address, Area, ByteOrder } from "./address.ts";
import { areaDigit } from "./printAddress.ts";
import { spanOf } from "./span.ts";
import type { TagType } from "./tag.ts";
import { isBitArea, ordersOf } from "./width.ts";

const areaOfDigit = new Map((Object.keys(areaDigit) as Area[]).map((area) => [areaDigit[area], area]));

const grammar = /^(\d{1,5})!([0134])(\d{1,7})(?:#([A-Z]{1,2})|\.(\d{1,3})([HL])?)?$/;

/**
 * Reads Neuron's Modbus address: `unit!area register`, then `#order`, `.bit` or `.length` with H or L.
 *
 * Stricter than Neuron, which takes unit 300 for 44, register 0 for 1 and junk at the end for nothing.
 * @param type decides whether `.n` is a bit or a length, and which orders fit
 * @param base 1: register numbers count from 1, as printed in most manuals; 0: as on the wire
 */
export function parseAddress(text: string, type: TagType, base: 0 | 1 = 1): Result<Address, Problem> {
  const trimmed = text.trim();
  const match = grammar.exec(trimmed);
  if (!match) return refused({ code: "address.malformed", text, expected: expectedForm(type) });
  const [, unitText = "", digit = "", registerText = "", order, pointText, letter] = match;
  const unit = Number(unitText);
  if (unit === 0) return refused({ code: "unit.broadcast" });
  if (unit > 247) return refused({ code: "address.unitOutOfRange", text, unit });
  const register = Number(registerText);
  const offset = register - base;
  if (offset < 0 || offset > 65535) return refused({ code: "address.registerOutOfRange", text, register });
  const area = areaOfDigit.get(digit) as Area;
  const place = { unit, area, offset };

  if (isBitArea(area)) {
    if (type !== "bit") return refused({ code: "address.typeUnfit", text, type, reason: "bitArea" });
    if (order !== undefined || pointText !== undefined) return malformed(text, type);
    return ok(place);
  }
  const tail = tailOf(type, order, pointText, letter);
  if (tail === "order") return refused({ code: "address.orderUnfit", text, order: order ?? "", type });
  if (!tail) return malformed(text, type);
  const address: Address = { ...place, ...tail };
  const end = offset + spanOf(address, type).registers - 1;
  return end > 65535
    ? refused({ code: "address.registerOutOfRange", text, register: end + base })
    : ok(address);
}

/** What is wrong with an address that was put together from parts; undefined when it fits its type. */
export function addressProblem(address: Address, type: TagType, text: string): Problem | undefined {
  const { unit, area, offset, bit, length, order } = address;
  if (unit === 0) return { code: "unit.broadcast" };
  if (unit > 247) return { code: "address.unitOutOfRange", text, unit };
  if (isBitArea(area)) {
    return type === "bit" ? undefined : { code: "address.typeUnfit", text, type, reason: "bitArea" };
  }
  const missing =
    (type === "bit" && (bit === undefined || bit > 15)) ||
    (type === "string" && (length === undefined || length < 1 || length > 127)) ||
    (type === "bytes" && (length === undefined || length < 2 || length > 128 || length % 2 === 1));
  if (missing) return { code: "address.malformed", text, expected: expectedForm(type) };
  if (order !== undefined && !ordersOf(type).includes(order)) {
    return { code: "address.orderUnfit", text, order, type };
  }
  const end = offset + spanOf(address, type).registers;
  return end > 65536 ? { code: "address.registerOutOfRange", text, register: end } : undefined;
}

/** What follows the register number, for a type in a register area; undefined when it does not fit. */
function tailOf(
  type: TagType,
  order: string | undefined,
  point: string | undefined,
  letter: string | undefined,
): Pick<Address, "bit" | "order" | "length" | "stringOrder"> | "order" | undefined {
  const number = point === undefined ? undefined : Number(point);
  if (type === "bit") {
    return number !== undefined && number <= 15 && !letter && !order ? { bit: number } : undefined;
  }
  if (type === "string") {
    if (number === undefined || number < 1 || number > 127 || order) return undefined;
    return { length: number, ...(letter && { stringOrder: letter as "H" | "L" }) };
  }
  if (type === "bytes") {
    const fits = number !== undefined && number >= 2 && number <= 128 && number % 2 === 0;
    return fits && !letter && !order ? { length: number } : undefined;
  }
  if (number !== undefined) return undefined;
  if (order === undefined) return {};
  return ordersOf(type).includes(order as ByteOrder) ? { order: order as ByteOrder } : "order";
}

function malformed(text: string, type: TagType): Result<Address, Problem> {
  return refused({ code: "address.malformed", text, expected: expectedForm(type) });
}

function expectedForm(type: TagType): string {
  if (type === "bit") return "1!000001, 1!400001.3";
  if (type === "string") return "1!400001.20H";
  if (type === "bytes") return "1!400001.4";
  const order = ordersOf(type).includes("BL") ? "#BL" : "#B";
  return `1!400001, 1!400001${order}`;
}
