import type { Problem } from "../problem.ts";
import { shortestIntervalMs } from "../site/edit.ts";
import { readAccess } from "./accessWord.ts";
import type { Address } from "./address.ts";
import { inverse, readCellFactor, readCellNumber } from "./cellNumber.ts";
import { type Column, columnNames } from "./columns.ts";
import { type AddressColumns, readRowAddress } from "./rowAddress.ts";
import type { Tag } from "./tag.ts";
import { tagProblems } from "./tagLimits.ts";
import { readTypeWord } from "./typeWord.ts";

export interface TagRow {
  /** line, group and name as far as they could be read: a row that is wrong still names its tag */
  readonly place: Pick<Tag, "line" | "group" | "name">;
  readonly tag: Tag | undefined;
  readonly intervalMs: number | undefined;
  readonly problems: readonly Problem[];
}

export interface RowContext extends AddressColumns {
  /** line ids by id and by name */
  readonly lines: ReadonlyMap<string, string>;
  readonly defaultLine: string;
  readonly decimalComma: boolean;
  /** what one of the interval column's units is, ms */
  readonly intervalUnitMs: number;
}

/** a day */
const longestIntervalMs = 86_400_000;

const placeholder: Address = { unit: 1, area: "holding", offset: 0 };

/**
 * One row of a tag table; every cell that is wrong gives a problem with its column.
 *
 * @param cell a column's text without surrounding space; empty where the table has no such column
 */
export function readTagRow(cell: (column: Column) => string, context: RowContext): TagRow {
  const problems: Problem[] = [];
  const report = (column: Column, problem: Problem) =>
    problems.push({ ...problem, at: { column: columnNames[column][0] } });

  const typeText = cell("type");
  const typed = readTypeWord(typeText, cell("address").includes("!") ? "neuron" : "vendor");
  if (!typed.ok) report("type", typed.problem);
  const type = typed.ok ? typed.value.type : undefined;
  const parsed = typed.ok ? readRowAddress(cell, typed.value, context) : undefined;
  for (const { column, problem } of parsed?.problems ?? []) report(column, problem);
  const read = parsed?.read;
  const lineText = cell("line");
  const line = lineText === "" ? context.defaultLine : context.lines.get(lineText);
  if (line === undefined) report("line", { code: "tag.lineUnknown", line: lineText });

  const number = (
    column: Column,
    fallback: number,
    fits: (value: number) => boolean = Number.isFinite,
    reader: typeof readCellNumber = readCellNumber,
  ): number => {
    const text = cell(column);
    if (text === "") return fallback;
    const value = reader(text, context.decimalComma);
    if (fits(value)) return value;
    report(column, { code: "tag.numberInvalid", text });
    return fallback;
  };
  const precision = number("precision", 0, (value) => Number.isInteger(value) && value >= 0 && value <= 17);
  const interval = number("interval", 0, (value) => {
    const ms = value * context.intervalUnitMs;
    return Number.isInteger(ms) && ms <= longestIntervalMs;
  });
  const intervalMs = interval * context.intervalUnitMs;
  const group = cell("group") || "default";
  if (intervalMs !== 0 && intervalMs < shortestIntervalMs)
    report("interval", { code: "group.intervalTooShort", group, intervalMs, limitMs: shortestIntervalMs });
  const divisor = number("divisor", 1, (value) => Number.isFinite(value) && value !== 0);
  // Neuron writes "no factor" as 0.
  const factor = number("scale", 1, Number.isFinite, readCellFactor) || 1;
  const name = cell("name");
  const access = cell("access") === "" ? (parsed?.access ?? ["read"]) : readAccess(cell("access"));
  if (!access) report("access", { code: "tag.accessUnfit", name, reason: cell("access") });

  const manual = cell("manual") || read?.manual;
  const tag: Tag = {
    line: line ?? context.defaultLine,
    group,
    name,
    address: read?.address ?? placeholder,
    type: type ?? "uint16",
    access: access ?? ["read"],
    scale: divisor === 1 ? factor : factor * inverse(divisor),
    bias: number("bias", 0),
    precision,
    unit: cell("unit"),
    description: cell("description"),
    ...(manual && manual.length <= longestManual && { manual }),
  };
  // Limits that depend on an address or a type say nothing while those are not known.
  const known = (code: Problem["code"]) => {
    if (read) return true;
    return code !== "tag.accessUnfit" && (type !== undefined || code !== "tag.numberInvalid");
  };
  problems.push(...tagProblems(tag).filter((problem) => known(problem.code)));
  const { line: at } = tag;
  return {
    place: { line: at, group, name },
    tag: problems.length === 0 ? tag : undefined,
    intervalMs: intervalMs || undefined,
    problems,
  };
}

/** characters of a manual's address that are kept */
const longestManual = 40;
