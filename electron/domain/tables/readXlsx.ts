import type { Sheet } from "./sheet.ts";
import { scanSheet, textOf } from "./xlsxSheet.ts";
import { readDateStyles } from "./xlsxStyles.ts";
import { attribute } from "./xmlText.ts";
import { longestPart, readText, readZip, type Unpacking, type ZipEntry, ZipError } from "./zip.ts";

/** Sheets of a file that are shown, in their order, before any of them is read. */
export interface XlsxBook {
  readonly sheetNames: readonly string[];
  /**
   * @param mostRows reads no further than this row
   * @throws ZipError
   */
  read(name: string, mostRows?: number): Unpacking<Sheet>;
}

/** Opens an XLSX file: names, shared texts and styles. @see ECMA-376 Part 1, 18 @throws ZipError */
export function* openXlsx(bytes: Uint8Array): Unpacking<XlsxBook> {
  const zip = readZip(bytes);
  const book = yield* wholeText(zip.get("xl/workbook.xml"));
  const relations = yield* wholeText(zip.get("xl/_rels/workbook.xml.rels"));
  if (book === "") throw new ZipError("zip");
  const targets = new Map(
    [...relations.matchAll(/<(?:\w+:)?Relationship\s([^>]*)>/g)].map(([, tag = ""]) => [
      attribute(tag, "Id"),
      (attribute(tag, "Target") ?? "").replace(/^\/?(?:xl\/)?/, ""),
    ]),
  );
  const all = [...book.matchAll(/<(?:\w+:)?sheet\s([^>]*)>/g)].map(([, tag = ""]) => ({
    name: attribute(tag, "name") ?? "",
    target: targets.get(attribute(tag, "r:id") ?? attribute(tag, "\\w+:id")),
    isShown: (attribute(tag, "state") ?? "visible") === "visible",
  }));
  const shown = all.some((sheet) => sheet.isShown) ? all.filter((sheet) => sheet.isShown) : all;
  const is1904 = /<(?:\w+:)?workbookPr\s[^>]*date1904\s*=\s*"(?:1|true)"/.test(book);
  const dates = readDateStyles(yield* wholeText(zip.get("xl/styles.xml")));
  const strings = yield* readStrings(zip.get("xl/sharedStrings.xml"));
  return {
    sheetNames: shown.map(({ name }) => name),
    *read(name, mostRows) {
      const sheet = shown.find((one) => one.name === name);
      const entry = sheet && zip.get(`xl/${sheet.target}`);
      if (!entry) return { name, rows: [] };
      const scan = scanSheet({ strings, dates, is1904 }, mostRows);
      yield* readText(entry, (text) => scan.push(text));
      fillMerged(scan.rows, scan.merged);
      return { name, rows: scan.rows };
    },
  };
}

/** Every shared text; rich ones are put together. */
function* readStrings(entry: ZipEntry | undefined): Unpacking<readonly string[]> {
  const strings: string[] = [];
  if (!entry) return strings;
  let rest = "";
  let prefix: string | undefined;
  yield* readText(entry, (text) => {
    rest += text;
    const root = prefix === undefined ? /<(\w+:)?sst[\s>]/.exec(rest) : undefined;
    if (root) prefix = root[1] ?? "";
    const [opening, closing] = [`<${prefix ?? ""}si`, `</${prefix ?? ""}si>`];
    let from = 0;
    for (;;) {
      const at = rest.indexOf(opening, from);
      const open = at === -1 ? -1 : rest.indexOf(">", at);
      if (open === -1) break;
      const isEmpty = rest.charCodeAt(open - 1) === 47;
      const end = isEmpty ? open : rest.indexOf(closing, open);
      if (end === -1) break;
      strings.push(isEmpty ? "" : textOf(rest.slice(open + 1, end)));
      from = isEmpty ? open + 1 : end + closing.length;
    }
    rest = rest.slice(from);
    if (rest.length > longestPart) throw new ZipError("tooLarge");
    return true;
  });
  return strings;
}

function* wholeText(entry: ZipEntry | undefined): Unpacking<string> {
  const parts: string[] = [];
  if (entry) {
    yield* readText(entry, (text) => {
      parts.push(text);
      return true;
    });
  }
  return parts.join("");
}

/** A cell merged downwards holds for each of its rows; one merged across is a title and stays where it is. */
function fillMerged(rows: string[][], merged: readonly string[]): void {
  for (const range of merged) {
    const match = /^([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})$/.exec(range);
    if (!match || match[1] !== match[3]) continue;
    const column = [...(match[1] ?? "")].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1;
    const first = Number(match[2]) - 1;
    const value = rows[first]?.[column];
    if (!value) continue;
    for (let row = first + 1; row < Math.min(Number(match[4]), rows.length); row++) {
      const cells = [...(rows[row] ?? [])];
      while (cells.length < column) cells.push("");
      cells[column] = value;
      rows[row] = cells;
    }
  }
}
