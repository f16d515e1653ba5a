import type { Problem } from "../problem.ts";
import type { Sliced } from "../sliced.ts";
import { findColumns } from "../tag/columns.ts";

export const delimiters = [",", ";", "\t", "|"] as const;
export type Delimiter = (typeof delimiters)[number];

export interface DelimitedText {
  readonly rows: readonly (readonly string[])[];
  readonly delimiter: Delimiter;
  /** a quotation mark that does not close where it should: what follows it may have run into one cell */
  readonly problems: readonly Problem[];
}

const rowsASlice = 2_000;

/** Reads CSV text whose delimiter is the one that shows most known columns, unless it is given. Never throws. */
export function* readDelimitedText(text: string, given?: Delimiter): Sliced<DelimitedText> {
  const plain = text.charCodeAt(0) === 0xfeff ? text.slice(1) : text;
  const delimiter = given ?? delimiterOf(plain);
  const { rows, openRow } = yield* scan(plain, delimiter);
  const problem: Problem = { code: "input.invalid", reason: "a quotation mark is not closed" };
  return { rows, delimiter, problems: openRow === undefined ? [] : [{ ...problem, at: { row: openRow } }] };
}

/** Counting delimiters misleads: descriptions hold commas, and so do decimals beside semicolons. */
function delimiterOf(text: string): Delimiter {
  const head = text.slice(0, headCharacters);
  const known = (delimiter: Delimiter) => {
    const { rows } = scan(head, delimiter, headRows).next().value as Scanned;
    return Math.max(0, ...rows.map((row) => findColumns(row).size));
  };
  return delimiters.reduce((best, next) => (known(next) > known(best) ? next : best));
}

const headRows = 40;
const headCharacters = 20_000;

interface Scanned {
  readonly rows: string[][];
  /** 1-based row of a quotation mark that is not closed, or has text behind it */
  readonly openRow: number | undefined;
}

/** One row a line; a cell in quotes may hold delimiters, line breaks and doubled quotes. @see RFC 4180 */
function* scan(text: string, delimiter: Delimiter, most = Number.POSITIVE_INFINITY): Sliced<Scanned> {
  const rows: string[][] = [];
  const newline = text.includes("\n") ? "\n" : "\r";
  let openRow: number | undefined;
  let from = 0;
  let quote = text.indexOf('"');
  while (from <= text.length && rows.length < most) {
    if (quote !== -1 && quote < from) quote = text.indexOf('"', from);
    const found = text.indexOf(newline, from);
    const end = found === -1 ? text.length : found;
    if (quote === -1 || quote > end) {
      rows.push(
        text.slice(from, end > from && text.charCodeAt(end - 1) === 13 ? end - 1 : end).split(delimiter),
      );
      from = end + 1;
    } else {
      const row = scanQuoted(text, from, delimiter, newline);
      if (row.isOpen) openRow ??= rows.length + 1;
      rows.push(row.cells);
      from = row.next;
    }
    if (rows.length % rowsASlice === 0 && most === Number.POSITIVE_INFINITY) yield;
  }
  // A line break at the end begins no row.
  if (text.endsWith(newline) && rows.at(-1)?.length === 1 && rows.at(-1)?.[0] === "") rows.pop();
  return { rows, openRow };
}

/** The row at `from`, which has a quotation mark somewhere; `next` is where the following row begins. */
function scanQuoted(
  text: string,
  from: number,
  delimiter: string,
  newline: string,
): { readonly cells: string[]; readonly next: number; readonly isOpen: boolean } {
  const cells: string[] = [];
  let isOpen = false;
  let at = from;
  let line = endOf(text, newline, at);
  for (;;) {
    let cell = "";
    const isQuoted = text.charCodeAt(at) === 34;
    if (isQuoted) {
      at += 1;
      for (;;) {
        const close = text.indexOf('"', at);
        if (close === -1) {
          return { cells: [...cells, cell + text.slice(at)], next: text.length + 1, isOpen: true };
        }
        cell = cell === "" ? text.slice(at, close) : cell + text.slice(at, close);
        at = close + 1;
        if (text.charCodeAt(at) !== 34) break;
        cell += '"';
        at += 1;
      }
      if (line < at) line = endOf(text, newline, at);
    }
    let end = at;
    if (at < line && text[at] !== delimiter) {
      const next = text.indexOf(delimiter, at);
      end = next === -1 || next > line ? line : next;
      const isLast = end === line;
      const plain = text.slice(at, isLast && text.charCodeAt(end - 1) === 13 ? end - 1 : end);
      // Text behind a closing mark belongs to the cell, as spreadsheets read it; the row is told as doubtful.
      if (isQuoted && plain.trim() !== "") isOpen = true;
      if (!isQuoted || plain.trim() !== "") cell += plain;
    }
    cells.push(cell);
    if (end >= line) return { cells, next: line + 1, isOpen };
    at = end + 1;
  }
}

function endOf(text: string, newline: string, from: number): number {
  const found = text.indexOf(newline, from);
  return found === -1 ? text.length : found;
}

/** CSV as every spreadsheet reads it: quotes where they are needed, CRLF at the end of each row. */
export function* printDelimitedText(rows: readonly (readonly (string | number)[])[]): Sliced<string> {
  const parts: string[] = [];
  for (const [index, row] of rows.entries()) {
    parts.push(row.map((cell) => printCell(String(cell))).join(","));
    if (index % rowsASlice === rowsASlice - 1) yield;
  }
  return `${parts.join("\r\n")}\r\n`;
}

function printCell(text: string): string {
  return /[",\r\n]|^\s|\s$|^\uFEFF/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
