import type { UnitRow } from "./unitRows.ts";

/** The units as a sheet takes them: one line each, columns parted by tabs. */
export function unitsText(
  rows: readonly UnitRow[],
  words: {
    readonly columns: {
      readonly unit: string;
      readonly name: string;
      readonly identity: string;
      readonly latency: string;
    };
    readonly facts: { readonly serial: string; readonly answer: string };
    readonly answers: Readonly<Record<UnitRow["answer"], string>>;
  },
): string {
  const { columns, facts, answers } = words;
  const head = [
    columns.unit,
    columns.name,
    columns.identity,
    facts.serial,
    `${columns.latency} ms`,
    facts.answer,
  ];
  const lines = rows.map((row) => [
    String(row.number),
    row.name,
    row.identity,
    row.seen?.serial ?? "",
    row.latencyMs === null ? "" : row.latencyMs.toFixed(0),
    answers[row.answer],
  ]);
  return [head, ...lines].map((cells) => cells.map(cell).join("\t")).join("\n");
}

/** A device may call itself anything, but a sheet must neither break its columns nor calculate it. */
function cell(text: string): string {
  const flat = text.replace(/\s+/g, " ");
  return /^[=+\-@]/.test(flat) ? `'${flat}` : flat;
}
