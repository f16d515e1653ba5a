import type { Problem } from "../problem.ts";
import { shortestIntervalMs } from "../site/edit.ts";
import type { Address } from "./address.ts";
import { type Column, columnNames } from "./columns.ts";
import { plain } from "./formulaGuard.ts";
import { parseAddress } from "./parseAddress.ts";
import { type Access, accesses, type Tag, type TagType, tagTypes } from "./tag.ts";
import { tagProblems } from "./tagLimits.ts";

export interface TagRow {
  readonly tag: Tag | undefined;
  readonly intervalMs: number | undefined;
  readonly problems: readonly Problem[];
}

export interface RowContext {
  /** line ids by id and by name */
  readonly lines: ReadonlyMap<string, string>;
  readonly defaultLine: string;
  readonly decimalComma: boolean;
}

/** Neuron's labels that are not our names; those of `misread` pass its validation and then read wrong. */
const typeLabels: ReadonlyMap<string, TagType> = new Map([
  ["byte", "bytes"],
  ["float32", "float"],
  ["float64", "double"],
]);
const misread: ReadonlySet<string> = new Set(["int8", "uint8", "bool", "word", "dword", "lword"]);

/** a day */
const longestIntervalMs = 86_400_000;

const placeholder: Address = { unit: 1, area: "holding", offset: 0 };

/** One row of a tag table; every cell that is wrong gives a problem with its column. */
export function readTagRow(cell: (column: Column) => string, context: RowContext): TagRow {
  const problems: Problem[] = [];
  const report = (column: Column, problem: Problem) =>
    problems.push({ ...problem, at: { column: columnNames[column][0] } });

  const type = readType(cell("type"), (problem) => report("type", problem));
  const parsed = type && parseAddress(plain(cell("address")), type);
  if (parsed && !parsed.ok) report("address", parsed.problem);
  const lineText = plain(cell("line"));
  const line = lineText === "" ? context.defaultLine : context.lines.get(lineText);
  if (line === undefined) report("line", { code: "tag.lineUnknown", line: lineText });

  const number = (
    column: Column,
    fallback: number,
    fits: (value: number) => boolean = Number.isFinite,
  ): number => {
    const text = plain(cell(column));
    if (text === "") return fallback;
    const value = readNumber(text, context.decimalComma);
    if (fits(value)) return value;
    report(column, { code: "tag.numberInvalid", text });
    return fallback;
  };
  // Neuron writes "no factor" as 0.
  const scale = number("scale", 1) || 1;
  const precision = number("precision", 0, (value) => Number.isInteger(value) && value >= 0 && value <= 17);
  const intervalMs = number("interval", 0, (value) => Number.isInteger(value) && value <= longestIntervalMs);
  if (intervalMs !== 0 && intervalMs < shortestIntervalMs) {
    const group = plain(cell("group"));
    report("interval", { code: "group.intervalTooShort", group, intervalMs, limitMs: shortestIntervalMs });
  }
  const access = readAccess(cell("access"));
  if (!access)
    report("access", { code: "tag.accessUnfit", name: plain(cell("name")), reason: cell("access") });

  const tag: Tag = {
    line: line ?? context.defaultLine,
    group: plain(cell("group")) || "default",
    name: plain(cell("name")),
    address: parsed?.ok ? parsed.value : placeholder,
    type: type ?? "uint16",
    access: access ?? ["read"],
    scale,
    bias: number("bias", 0),
    precision,
    unit: plain(cell("unit")),
    description: plain(cell("description")),
  };
  // Limits that depend on an address or a type say nothing while those are not known.
  const known = (code: Problem["code"]) =>
    parsed?.ok
      ? true
      : type
        ? code !== "tag.accessUnfit"
        : code !== "tag.accessUnfit" && code !== "tag.numberInvalid";
  problems.push(...tagProblems(tag).filter((problem) => known(problem.code)));
  return {
    tag: problems.length === 0 ? tag : undefined,
    intervalMs: intervalMs || undefined,
    problems,
  };
}

function readType(text: string, report: (problem: Problem) => void): TagType | undefined {
  const label = plain(text).toLowerCase();
  if (misread.has(label)) {
    report({ code: "tag.typeMisread", type: plain(text) });
    return undefined;
  }
  const type = typeLabels.get(label) ?? tagTypes.find((known) => known === label);
  if (!type) report({ code: "tag.typeUnknown", text: plain(text) });
  return type;
}

const accessWords: Readonly<Record<string, readonly Access[]>> = {
  read: ["read"],
  write: ["write"],
  subscribe: ["subscribe"],
  r: ["read"],
  w: ["write"],
  s: ["subscribe"],
  ro: ["read"],
  wo: ["write"],
  rw: ["read", "write"],
  读: ["read"],
  写: ["write"],
  订阅: ["subscribe"],
  只读: ["read"],
  只写: ["write"],
  读写: ["read", "write"],
};

/** `Read Write`, `read,write`, `R/W`; empty means read. Undefined when a word is not known. */
function readAccess(text: string): readonly Access[] | undefined {
  const words = plain(text)
    .toLowerCase()
    .split(/[\s,，、|/+]+/)
    .filter((word) => word !== "");
  if (words.length === 0) return ["read"];
  const found = words.map((word) => (Object.hasOwn(accessWords, word) ? accessWords[word] : undefined));
  if (found.includes(undefined)) return undefined;
  return accesses.filter((access) => found.some((some) => some?.includes(access)));
}

/** NaN for what is not a decimal number: `Number` alone would take `0x10` and `Infinity` too. */
function readNumber(text: string, decimalComma: boolean): number {
  const pointed = decimalComma ? text.replace(",", ".") : text;
  return /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(pointed) ? Number(pointed) : Number.NaN;
}
