import type { Sliced } from "../sliced.ts";
import type { Area } from "../tag/address.ts";
import { type Place, readDigitForm, readPlace, withoutThousands } from "../tag/addressPlace.ts";
import { readAreaWord, readFunctionCodes } from "../tag/areaWord.ts";
import type { AddressColumns, LengthUnit } from "../tag/rowAddress.ts";
import { perRegister } from "../tag/rowAddress.ts";
import { readTypeWord } from "../tag/typeWord.ts";
import { wordsOfType } from "../tag/width.ts";
import type { Header } from "./header.ts";

/** What a person chose about a table's addresses; what is undefined is found out or asked for. */
export type AddressChoice = Partial<Pick<AddressColumns, "unit" | "area" | "base" | "order">> & {
  readonly numbers?: "digit" | "plain";
};

/**
 * What all rows together say about their addresses, which none says alone: register 0 proves that counting begins
 * there, `00A1` that bare numbers are hexadecimal, and numbers of both looks beside an area that a look proves nothing.
 */
export function* addressEvidence(
  header: Header,
  rows: readonly (readonly string[])[],
  choice: AddressChoice,
): Sliced<AddressColumns> {
  const { places, hints } = header;
  const at = places.get("address") ?? -1;
  const hint = hints.get("address") ?? "";
  const seen = { cells: 0, bare: 0, letters: false, areaX: false, zero: false, zeroHex: false };
  const looks = new Set<ReturnType<typeof lookOf>>();
  const context = { area: "holding" as const, base: 0 as const, numbers: undefined };
  for (let row = header.at + 1; row < rows.length; row++) {
    if (row % rowsASlice === 0) yield;
    const cells = rows[row] ?? [];
    const text = withoutThousands((cells[at] ?? "").trim().toLowerCase());
    // Neuron's own form says all by itself.
    if (!/^[$%&]?[0-9a-f]/.test(text) || text.includes("!")) continue;
    seen.cells += 1;
    seen.areaX ||= /^[134]x[- ]?\d/.test(text);
    if (/^[0-9a-f]{1,6}$/.test(text)) {
      seen.bare += 1;
      seen.letters ||= /[a-f]/.test(text);
      looks.add(lookOf(text, areaOf(cells, header) ?? choice.area));
    }
    seen.zero ||= isZero(text, { ...context, isHex: false, hasAreaX: seen.areaX });
    seen.zeroHex ||= isZero(text, { ...context, isHex: true, hasAreaX: seen.areaX });
  }
  const isHex = hint.startsWith("hex") || hint === "0x" || (seen.cells === seen.bare && seen.letters);
  const isMixed = (looks.has("plain") && looks.has("digit")) || looks.has("contrary");
  const hasZero = isHex ? seen.zeroHex : seen.zero;
  return {
    unit: choice.unit,
    area: choice.area,
    order: choice.order,
    base: choice.base ?? (hasZero ? 0 : undefined),
    numbers: choice.numbers ?? (isMixed && !isHex ? "mixed" : undefined),
    isHex,
    hasAreaX: seen.areaX,
    lengthIn: yield* lengthUnit(header, rows),
  };
}

const rowsASlice = 200;

function areaOf(row: readonly string[], { places }: Header): Area | undefined {
  const codes = readFunctionCodes(row[places.get("functionCode") ?? -1] ?? "");
  return codes?.area ?? readAreaWord(row[places.get("area") ?? -1] ?? "");
}

/** Beside an area: whether a number looks like 40001, and whether its digit says the same area. */
function lookOf(text: string, area: Area | undefined): "plain" | "digit" | "contrary" | undefined {
  if (area === undefined) return undefined;
  const form = readDigitForm(text);
  if (!form) return "plain";
  return form.area === area ? "digit" : "contrary";
}

function isZero(text: string, context: Parameters<typeof readPlace>[1]): boolean {
  const form = context.isHex ? undefined : readDigitForm(text);
  if (form) return form.register === 0;
  const place = /^[0-9$&]/.test(text) ? readPlace(text, context) : undefined;
  return place?.ok === true && (place.value satisfies Place).offset === 0;
}

/** Registers, bytes or bits, by the title's brackets, else by what fits the rows whose type has one width. */
function* lengthUnit(
  { at, places, hints }: Header,
  rows: readonly (readonly string[])[],
): Sliced<LengthUnit> {
  const hint = hints.get("length") ?? "";
  if (/byte|字节/.test(hint)) return "bytes";
  if (/^bits?$|位/.test(hint)) return "bits";
  const [lengthAt, typeAt] = [places.get("length"), places.get("type")];
  if (/reg|word|寄存器/.test(hint) || lengthAt === undefined || typeAt === undefined) return "registers";
  const fits = { registers: 0, bytes: 0, bits: 0 };
  for (const [index, row] of rows.entries()) {
    if (index % rowsASlice === 0) yield;
    if (index <= at) continue;
    const typed = readTypeWord(row[typeAt] ?? "", "vendor");
    const type = typed.ok ? typed.value.type : "string";
    if (type === "string" || type === "bytes" || type === "bit") continue;
    const count = Number((row[lengthAt] ?? "").trim());
    for (const unit of ["registers", "bytes", "bits"] as const) {
      if (count === wordsOfType[type] * perRegister[unit]) fits[unit] += 1;
    }
  }
  if (fits.bits > fits.bytes && fits.bits > fits.registers) return "bits";
  return fits.bytes > fits.registers ? "bytes" : "registers";
}
