import type { Problem } from "../problem.ts";
import type { Address } from "./address.ts";
import { type Column, columnNames } from "./columns.ts";
import { parseAddress } from "./parseAddress.ts";
import { type Access, type Tag, type TagType, tagTypes } from "./tag.ts";
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
const typeLabels: Readonly<Record<string, TagType>> = { byte: "bytes", float32: "float", float64: "double" };
const misread: ReadonlySet<string> = new Set(["int8", "uint8", "bool", "word", "dword", "lword"]);

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

  const number = (column: Column, fallback: number): number => {
    const text = plain(cell(column));
    if (text === "") return fallback;
    const value = Number(context.decimalComma ? text.replace(",", ".") : text);
    if (Number.isFinite(value)) return value;
    report(column, { code: "tag.numberInvalid", text });
    return fallback;
  };
  // Neuron writes "no factor" as 0.
  const scale = number("scale", 1) || 1;
  const precision = number("precision", 0);
  if (!Number.isInteger(precision) || precision < 0 || precision > 17) {
    report("precision", { code: "tag.numberInvalid", text: plain(cell("precision")) });
  }
  const interval = number("interval", 0);
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
  const known = parsed?.ok === true;
  problems.push(...tagProblems(tag).filter((problem) => known || problem.code.startsWith("tag.name")));
  return {
    tag: problems.length === 0 ? tag : undefined,
    intervalMs: interval > 0 ? interval : undefined,
    problems,
  };
}

function readType(text: string, report: (problem: Problem) => void): TagType | undefined {
  const label = plain(text).toLowerCase();
  if (misread.has(label)) {
    report({ code: "tag.typeMisread", type: plain(text) });
    return undefined;
  }
  const type = typeLabels[label] ?? tagTypes.find((known) => known === label);
  if (!type) report({ code: "tag.typeUnknown", text: plain(text) });
  return type;
}

/** `Read Write`, `read,write`, `RW`; empty means read. */
function readAccess(text: string): readonly Access[] | undefined {
  const words = plain(text)
    .toLowerCase()
    .split(/[\s,|/+]+/)
    .filter((word) => word !== "");
  if (words.length === 0) return ["read"];
  const found = new Set<Access>();
  for (const word of words) {
    if (word === "read" || word === "r" || word === "rw" || word === "读") found.add("read");
    if (word === "write" || word === "w" || word === "rw" || word === "写") found.add("write");
    if (word === "subscribe" || word === "s" || word === "订阅") found.add("subscribe");
    if (!/^(read|write|subscribe|r|w|rw|s|读|写|订阅)$/.test(word)) return undefined;
  }
  return [...found];
}

/** Undoes the apostrophe that keeps spreadsheets from running a text as a formula. */
function plain(text: string): string {
  return text.trim().replace(/^'(?=[=+\-@])/, "");
}
