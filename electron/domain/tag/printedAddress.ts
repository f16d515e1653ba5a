import type { Problem } from "../problem.ts";
import { ok, type Result, refused } from "../result.ts";
import type { Address } from "./address.ts";
import { type Place, type PlaceContext, type PlaceRefusal, readPlace } from "./addressPlace.ts";
import type { OrderPart } from "./orderWord.ts";
import { addressProblem, parseAddress } from "./parseAddress.ts";
import { printAddress } from "./printAddress.ts";
import type { TagType } from "./tag.ts";
import { isBitArea, wordsOfType } from "./width.ts";

/** What other columns and a person's choices say of an address. */
export interface AddressContext extends PlaceContext {
  readonly type: TagType;
  /** the unit where the text names none */
  readonly unit: number | undefined;
  readonly order: OrderPart;
  readonly bit: number | undefined;
  /** bytes of a text */
  readonly length: number | undefined;
}

export interface PrintedAddress {
  readonly address: Address;
  /** the text as printed, where it is not Neuron's own form */
  readonly manual?: string;
}

/**
 * Reads an address in any notation: Neuron's (`1!400001#BL`), with area digit (40001, 400001, 4x0001), hexadecimal
 * (0x10, 10h), `hr:0`, IEC (%MW10), or a bare number beside an area. A bit (`.3`, `:X3`), a length (`.20H`) or a range
 * (`40001-40002`, whose size must fit the type) may follow.
 *
 * Problems: those of parseAddress; `address.ambiguous`, `address.rangeUnfit`; `table.choiceMissing` for what only a
 * person can say (area, base, unit).
 */
export function readPrintedAddress(text: string, context: AddressContext): Result<PrintedAddress, Problem> {
  const trimmed = halfWidth(text).trim();
  if (trimmed.includes("!")) return readNeuron(trimmed, context);
  const { body, bit, length, stringOrder } = splitTail(trimmed, context);
  const [first = "", last] = splitRange(body);
  const place = readPlace(first, context);
  if (!place.ok) return refused(problemOf(place.problem, text, context));
  const fit = last === undefined ? ok(undefined) : readCount(text, first, last, place.value, context);
  if (!fit.ok) return fit;
  if (context.unit === undefined)
    return refused({ code: "table.choiceMissing", what: "unit", text: trimmed });
  const address = tailed(context.unit, place.value, context, {
    bit,
    length: length ?? rangeLength(fit.value, context),
    stringOrder,
  });
  const problem = addressProblem(address, context.type, text);
  return problem ? refused(problem) : ok({ address, manual: trimmed });
}

function readNeuron(text: string, context: AddressContext): Result<PrintedAddress, Problem> {
  const parsed = parseAddress(text, context.type, context.base ?? 1);
  if (!parsed.ok) return parsed;
  const { order, stringOrder } = context.order;
  const address: Address = {
    ...parsed.value,
    ...(parsed.value.order === undefined && order !== undefined && { order }),
    ...(context.type === "string" &&
      parsed.value.stringOrder === undefined &&
      stringOrder !== undefined && { stringOrder }),
  };
  return printAddress(parsed.value) === text ? ok({ address }) : ok({ address, manual: text });
}

interface Tail {
  readonly bit: number | undefined;
  readonly length: number | undefined;
  readonly stringOrder: "H" | "L" | undefined;
}

/** A bit or a length behind the place, by what the type can have. */
function splitTail(text: string, { type }: AddressContext): Tail & { readonly body: string } {
  const none = { bit: undefined, length: undefined, stringOrder: undefined };
  if (type === "bit") {
    const match = /^(.*[0-9a-fh])\s*[.:]\s*(?:x|b|bit)?\s*(\d{1,2})$/i.exec(text);
    return match ? { ...none, body: match[1] ?? "", bit: Number(match[2]) } : { ...none, body: text };
  }
  if (type === "string" || type === "bytes") {
    const match = /^(.*\d)\.(\d{1,3})([HL])?$/i.exec(text);
    const letter = match?.[3]?.toUpperCase() as "H" | "L" | undefined;
    if (match) return { body: match[1] ?? "", bit: undefined, length: Number(match[2]), stringOrder: letter };
  }
  return { ...none, body: text };
}

function splitRange(text: string): readonly [string, string?] {
  const match = /^(.*?[0-9a-fh])\s*(?:-|–|—|~|～|…|\.{2,3}|\/|\bto\b|\bbis\b|至|到)\s*([0-9a-z%].*)$/i.exec(
    text,
  );
  return match ? [match[1] ?? "", match[2] ?? ""] : [text];
}

/** Registers from the first to the last of a range; they must be as many as the type takes. */
function readCount(
  text: string,
  first: string,
  last: string,
  place: Place,
  context: AddressContext,
): Result<number, Problem> {
  const end = readPlace(last, context);
  const malformed = problemOf({ why: "malformed" }, text, context);
  if (!end.ok || end.value.area !== place.area || last.length < first.length) return refused(malformed);
  const registers = end.value.offset - place.offset + 1;
  const { type } = context;
  if (registers < 1) return refused(malformed);
  const isText = type === "string" || type === "bytes";
  const needs = isText
    ? Math.ceil((context.length ?? registers * 2) / 2)
    : isBitArea(place.area)
      ? 1
      : wordsOfType[type];
  return registers === needs
    ? ok(registers)
    : refused({ code: "address.rangeUnfit", text, registers, type, needs });
}

function rangeLength(registers: number | undefined, { type }: AddressContext): number | undefined {
  return registers !== undefined && (type === "string" || type === "bytes") ? registers * 2 : undefined;
}

function tailed(unit: number, { area, offset }: Place, context: AddressContext, tail: Tail): Address {
  const { type, order } = context;
  const place = { unit, area, offset };
  if (isBitArea(area)) return place;
  if (type === "bit") {
    const bit = tail.bit ?? context.bit;
    return bit === undefined ? place : { ...place, bit };
  }
  if (type === "string" || type === "bytes") {
    const length = tail.length ?? context.length;
    const letter = type === "string" ? (tail.stringOrder ?? order.stringOrder) : undefined;
    return { ...place, ...(length !== undefined && { length }), ...(letter && { stringOrder: letter }) };
  }
  return { ...place, ...(order.order && { order: order.order }) };
}

function problemOf(refusal: PlaceRefusal, text: string, { type }: AddressContext): Problem {
  switch (refusal.why) {
    case "choice":
      return { code: "table.choiceMissing", what: refusal.what, text: text.trim() };
    case "range":
      return { code: "address.registerOutOfRange", text, register: refusal.register };
    case "ambiguous":
      return { code: "address.ambiguous", text: text.trim(), printed: refusal.printed, plain: refusal.plain };
    case "malformed":
      return {
        code: "address.malformed",
        text,
        expected: type === "bit" ? "00001, 40001.3" : "40001, 1!400001",
      };
  }
}

function halfWidth(text: string): string {
  return text.replace(/[\uff01-\uff5e]/g, (one) => String.fromCharCode(one.charCodeAt(0) - 0xfee0));
}
