import type { Problem } from "../problem.ts";
import type { Area } from "./address.ts";
import { readAreaWord, readFunctionCodes } from "./areaWord.ts";
import type { Column } from "./columns.ts";
import { type OrderLetters, orderPart, readOrderWord } from "./orderWord.ts";
import { type PrintedAddress, readPrintedAddress } from "./printedAddress.ts";
import type { Access } from "./tag.ts";
import type { TypeWord } from "./typeWord.ts";
import { isBitArea, wordsOfType } from "./width.ts";

/** What a person chose, or the table's other rows say, about its addresses. */
export interface AddressColumns {
  readonly unit: number | undefined;
  readonly area: Area | undefined;
  readonly base: 0 | 1 | undefined;
  /** order of values of several registers where the row says none */
  readonly order: OrderLetters | undefined;
  readonly numbers: "digit" | "plain" | "mixed" | undefined;
  readonly isHex: boolean;
  readonly hasAreaX: boolean;
  readonly lengthIn: LengthUnit;
}

export type LengthUnit = "registers" | "bytes" | "bits";

/** How many of each make a register. */
export const perRegister: Readonly<Record<LengthUnit, number>> = { registers: 1, bytes: 2, bits: 16 };

export interface RowAddress {
  readonly read: PrintedAddress | undefined;
  /** what the function codes say about writing */
  readonly access: readonly Access[] | undefined;
  readonly problems: readonly { readonly column: Column; readonly problem: Problem }[];
}

/** The address of one row from all columns that say a part of it. */
export function readRowAddress(
  cell: (column: Column) => string,
  { type, length: typeLength }: TypeWord,
  context: AddressColumns,
): RowAddress {
  const problems: { column: Column; problem: Problem }[] = [];
  const report = (column: Column, problem: Problem) => problems.push({ column, problem });
  const invalid = (column: Column, text: string) => report(column, { code: "tag.numberInvalid", text });
  const whole = (column: Column, most: number): number | undefined => {
    const text = cell(column);
    if (text === "") return undefined;
    const value = /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN;
    if (value <= most) return value;
    invalid(column, text);
    return undefined;
  };

  const [codeText, areaText] = [cell("functionCode"), cell("area")];
  const codes = codeText === "" ? undefined : readFunctionCodes(codeText);
  if (codeText !== "" && !codes) invalid("functionCode", codeText);
  const named = areaText === "" ? undefined : (readAreaWord(areaText) ?? readFunctionCodes(areaText)?.area);
  if (areaText !== "" && !named) invalid("area", areaText);
  if (codes && named && codes.area !== named) invalid("functionCode", codeText);

  const unitText = cell("unitNumber");
  const unit = unitText === "" ? context.unit : /^\d{1,5}$/.test(unitText) ? Number(unitText) : Number.NaN;
  if (Number.isNaN(unit)) invalid("unitNumber", unitText);
  const orderText = cell("order");
  const order =
    orderText === "" ? (context.order ? orderPart(context.order, type) : {}) : readOrderWord(orderText, type);
  if (!order) report("order", { code: "tag.orderUnknown", text: orderText });
  const bit = whole("bit", 15);
  const count = whole("length", 65_535);
  const isText = type === "string" || type === "bytes";
  const each = perRegister[context.lengthIn];
  const bytes = count === undefined ? typeLength : context.lengthIn === "bytes" ? count : (count / each) * 2;

  if (problems.length > 0) return { read: undefined, access: codes?.access, problems };
  const text = cell("address");
  const read = readPrintedAddress(text, {
    ...context,
    type,
    unit,
    area: codes?.area ?? named ?? context.area,
    order: order ?? {},
    bit: type === "bit" ? bit : undefined,
    length: isText ? bytes : undefined,
  });
  if (!read.ok) report("address", read.problem);
  else if (!isText && count !== undefined && count !== 0) {
    const { address } = read.value;
    const needs = isBitArea(address.area) ? 1 : wordsOfType[type];
    const registers = count / each;
    if (registers !== needs && !(type === "bit" && count === 1)) {
      report("length", { code: "address.rangeUnfit", text: String(count), registers, type, needs });
    }
  }
  return { read: read.ok && problems.length === 0 ? read.value : undefined, access: codes?.access, problems };
}
