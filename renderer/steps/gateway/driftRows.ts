import type { CallOutput } from "#contract/contract.ts";
import { accessBits, typeCodes } from "#domain/gateway/typeCodes.ts";
import { guarded } from "#domain/tag/formulaGuard.ts";
import { type Access, accesses } from "#domain/tag/tag.ts";

type Difference = CallOutput<"gateway.diff">["rows"][number];

/** One field that is not the same everywhere; empty where the thing itself is not. */
export interface DriftRow {
  readonly key: string;
  readonly kind: Difference["kind"];
  /** node, then group, tag or setting */
  readonly place: string;
  /** the member that differs; empty where the whole thing does */
  readonly field: string;
  readonly designed: string;
  /** undefined when no bundle was compared */
  readonly bundled: string | undefined;
  readonly running: string;
}

/** How people call what may be done with a tag. */
export type AccessNames = Readonly<Record<Access, string>>;

/** Differences field by field: a tag whose address alone was changed shows its address alone. */
export function driftRows(differences: readonly Difference[], names: AccessNames): readonly DriftRow[] {
  return differences.flatMap((one) => rowsOf(one, names));
}

function rowsOf(one: Difference, names: AccessNames): readonly DriftRow[] {
  const { kind, node, name } = one;
  const place = name === "" ? node : `${node} · ${name}`;
  const key = [kind, node, name].join("\n");
  const bundled = one.bundled ?? undefined;
  const sides = [one.designed, one.running, ...(bundled === undefined ? [] : [bundled])];
  const whole = { key, kind, place, field: "" };
  const parsed = sides.map(membersOf);
  if (parsed.some((side) => side === undefined)) {
    const [designed = "", running = "", inBundle] = sides.map((side) => summaryOf(side, names));
    return [{ ...whole, designed, bundled: inBundle, running }];
  }
  const fields = [...new Set(parsed.flatMap((side) => Object.keys(side ?? {})))];
  return fields.flatMap((field) => {
    const [designed = "", running = "", inBundle] = parsed.map((side) => said(field, side?.[field], names));
    if (designed === running && (inBundle === undefined || inBundle === designed)) return [];
    return [{ ...whole, key: `${key}\n${field}`, field, designed, bundled: inBundle, running }];
  });
}

type Members = Readonly<Record<string, unknown>>;

/** Tags, nodes and topics come as objects; settings and intervals as plain values. */
function membersOf(text: string): Members | undefined {
  if (!text.startsWith("{")) return undefined;
  try {
    return JSON.parse(text) as Members;
  } catch {
    return undefined;
  }
}

function summaryOf(text: string, names: AccessNames): string {
  const members = membersOf(text);
  if (members === undefined) return text;
  const { type, address, plugin, topic } = members;
  if (address !== undefined) return `${said("type", type, names)} ${address}`;
  if (plugin !== undefined) return String(plugin);
  return topic === undefined ? text : String(topic);
}

const typeOfCode = new Map(Object.entries(typeCodes).map(([type, code]) => [code, type]));

/** A member as people read it: types and attributes by their names. */
function said(field: string, value: unknown, names: AccessNames): string {
  if (value === undefined || value === null) return "";
  if (field === "type" && typeof value === "number") return typeOfCode.get(value) ?? `type ${value}`;
  if (field === "attribute" && typeof value === "number") {
    const held = accesses.filter((access) => (value & accessBits[access]) !== 0);
    return held.map((access) => names[access]).join(" + ") || String(value);
  }
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}

/** The rows for a spreadsheet: commas for a file, tabs for the clipboard. */
export function driftText(
  heads: readonly string[],
  rows: readonly DriftRow[],
  kinds: Readonly<Record<DriftRow["kind"], string>>,
  separator: "," | "\t",
): string {
  const hasBundle = rows.some((row) => row.bundled !== undefined);
  const cell = (text: string) => {
    const safe = guarded(text);
    if (separator === "\t") return safe.replace(/[\t\r\n]+/g, " ");
    return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
  };
  const lines = rows.map((row) => [
    kinds[row.kind],
    row.place,
    row.field,
    row.designed,
    ...(hasBundle ? [row.bundled ?? ""] : []),
    row.running,
  ]);
  return [heads, ...lines].map((line) => `${line.map(cell).join(separator)}\r\n`).join("");
}
