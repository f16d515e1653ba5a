import { ok, type Result, refused } from "../result.ts";
import type { Area } from "./address.ts";

/** One place as a manual prints it, without order, bit or length. */
export interface PlaceContext {
  /** area from a column of its own, or the one that a person chose */
  readonly area: Area | undefined;
  /** what the first register is called; undefined: nobody said */
  readonly base: 0 | 1 | undefined;
  /**
   * how bare numbers are meant: with an area digit (40001) or as they are; undefined: by their look; "mixed": the
   * column has both looks, so that a look proves nothing
   */
  readonly numbers: "digit" | "plain" | "mixed" | undefined;
  /** bare numbers are hexadecimal, as the column's header says */
  readonly isHex: boolean;
  /** the column holds 1x…, 3x…, 4x…: then 0x… is a coil, not hexadecimal */
  readonly hasAreaX: boolean;
}

export interface Place {
  readonly area: Area;
  /** 0-based */
  readonly offset: number;
}

/** Why a text is no place: `choice` names what a person must say first. */
export type PlaceRefusal =
  | { readonly why: "malformed" }
  | { readonly why: "choice"; readonly what: "area" | "base" }
  | { readonly why: "range"; readonly register: number }
  | { readonly why: "ambiguous"; readonly printed: number; readonly plain: number };

const areaOfDigit: Readonly<Record<string, Area>> = { 0: "coil", 1: "discrete", 3: "input", 4: "holding" };
const areaOfShort: Readonly<Record<string, Area>> = {
  hr: "holding",
  ir: "input",
  di: "discrete",
  co: "coil",
  "%mw": "holding",
  "%iw": "input",
  "%i": "discrete",
  "%m": "coil",
};

/** Reads 40001, 400001, 0x10, 10h, 4x0001, hr:0, HR0, %MW10 or a bare number. */
export function readPlace(text: string, context: PlaceContext): Result<Place, PlaceRefusal> {
  const word = text.trim().toLowerCase();
  const areaX = /^([0134])x[- ]?(\d{1,6})$/.exec(word);
  if (areaX) {
    const [, digit = "", digits = ""] = areaX;
    const offset = Number(digits) - (context.base ?? 1);
    const isArea = digit !== "0" || context.hasAreaX || context.numbers === "digit";
    if (isArea) return placed(areaOfDigit[digit], offset, context);
    // 0x10 among coils is coil 10, or hexadecimal 10: only the rest of the column or a person can say.
    const plain = Number.parseInt(digits, 16) - (context.base ?? 0);
    if (context.area === "coil" && context.numbers !== "plain" && !context.isHex)
      return refused({ why: "ambiguous", printed: offset, plain });
  }
  const short = /^(%mw|%iw|%m|%i|hr|ir|di|co)\s*([:[(]?)\s*(\d{1,6})[\])]?$/.exec(word);
  if (short) {
    const [, name = "", , digits = ""] = short;
    // An IEC address and the `hr:` form count from 0 by definition; an explicit choice holds for what is left.
    const base = name.startsWith("%") || short[2] === ":" ? 0 : (context.base ?? 0);
    return placed(areaOfShort[name], Number(digits) - base, context);
  }
  const hex = readHex(word, context.isHex);
  if (hex !== undefined) {
    if (context.area === undefined) return refused({ why: "choice", what: "area" });
    if (context.base === undefined && hex !== 0) return refused({ why: "choice", what: "base" });
    return placed(context.area, hex - (context.base ?? 0), context);
  }
  const digits = withoutThousands(word);
  return /^\d{1,7}$/.test(digits) ? readNumber(digits, context) : refused({ why: "malformed" });
}

/** The area digit and register of 40001 or 400001, where a number can be read so. */
export function readDigitForm(
  digits: string,
): { readonly area: Area; readonly register: number } | undefined {
  const match = /^([0134])(\d{4}|\d{5})$/.exec(digits);
  const register = Number(match?.[2]);
  if (!match || register > 65536) return undefined;
  return { area: areaOfDigit[match[1] ?? ""] as Area, register };
}

function readNumber(digits: string, context: PlaceContext): Result<Place, PlaceRefusal> {
  const form = readDigitForm(digits);
  const { area, base, numbers } = context;
  if (form && numbers !== "plain") {
    const offset = form.register - (base ?? 1);
    const agrees = area === undefined || (area === form.area && numbers !== "mixed");
    if (agrees || numbers === "digit") return placed(form.area, offset, context);
    // The area's column says one thing and the digit another: only a person knows which of them is meant.
    return refused({ why: "ambiguous", printed: offset, plain: Number(digits) - (base ?? 0) });
  }
  if (numbers === "digit") return refused({ why: "malformed" });
  if (area === undefined) return refused({ why: "choice", what: "area" });
  if (base === undefined && Number(digits) !== 0) return refused({ why: "choice", what: "base" });
  return placed(area, Number(digits) - (base ?? 0), context);
}

function placed(area: Area | undefined, offset: number, context: PlaceContext): Result<Place, PlaceRefusal> {
  if (area === undefined) return refused({ why: "malformed" });
  if (offset < 0 || offset > 65535) return refused({ why: "range", register: offset + (context.base ?? 1) });
  return ok({ area, offset });
}

function readHex(word: string, isHex: boolean): number | undefined {
  const match =
    /^(?:0x|&h|\$)([0-9a-f]{1,6})h?$/.exec(word) ?? /^(\d[0-9a-f]{0,5}|[a-f][0-9a-f]{1,5})h$/.exec(word);
  const digits = match?.[1] ?? (isHex && /^[0-9a-f]{1,6}$/.test(word) ? word : undefined);
  return digits === undefined ? undefined : Number.parseInt(digits, 16);
}

/** 40,001 and 40 001 and 40.001: a spreadsheet that shows numbers with separators says no other number by it. */
export function withoutThousands(word: string): string {
  return /^\d{1,3}(?:[,.'’ \u00a0\u202f]\d{3})+$/.test(word) ? word.replace(/\D/g, "") : word;
}
