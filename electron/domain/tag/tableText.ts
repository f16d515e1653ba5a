import Papa from "papaparse";
import type { Problem } from "../problem.ts";
import { findColumns } from "./columns.ts";

/** The cells of a table's text; `rows` counts from the first line, blank ones included. */
export interface TableText {
  readonly rows: readonly (readonly string[])[];
  readonly delimiter: Delimiter;
  /** quotation marks that do not close where they should: what follows them may have run into one cell */
  readonly problems: readonly Problem[];
}

type Delimiter = "," | ";" | "\t";
const delimiters: readonly Delimiter[] = [",", ";", "\t"];

/** Reads CSV text whose delimiter is the one that shows most known columns. Never throws. */
export function readTableText(text: string): TableText {
  const plain = text.replace(/^\uFEFF/, "");
  const delimiter = delimiterOf(plain);
  const { data, errors } = Papa.parse<string[]>(plain, { delimiter });
  const problems = errors
    .filter((error) => error.type === "Quotes")
    .map((error): Problem => {
      const row = (error.row ?? 0) + 1;
      return { code: "input.invalid", reason: "a quotation mark is not closed", at: { row } };
    });
  return { rows: data, delimiter, problems: problems.slice(0, 1) };
}

/** Counting delimiters misleads: descriptions hold commas, and so do decimals beside semicolons. */
function delimiterOf(text: string): Delimiter {
  const head = text.slice(0, headCharacters);
  const known = (delimiter: Delimiter) => {
    const { data } = Papa.parse<string[]>(head, { delimiter, preview: headRows });
    return Math.max(0, ...data.map((row) => findColumns(row).size));
  };
  return delimiters.reduce((best, next) => (known(next) > known(best) ? next : best));
}

const headRows = 5;
const headCharacters = 10_000;
