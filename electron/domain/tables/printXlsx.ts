import { strToU8, Zip, ZipDeflate } from "fflate";
import type { Sliced } from "../sliced.ts";
import { escapeXml } from "./xmlText.ts";

const rowsASlice = 500;
const declaration = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const packages = "http://schemas.openxmlformats.org/package/2006";
const types = "application/vnd.openxmlformats-officedocument.spreadsheetml";

/** A spreadsheet of one sheet: texts as texts, numbers as numbers. The same rows give the same bytes. */
export function* printXlsx(
  name: string,
  rows: readonly (readonly (string | number)[])[],
): Sliced<Uint8Array> {
  const chunks: Uint8Array[] = [];
  const zip = new Zip((error, chunk) => {
    if (error) throw error;
    chunks.push(chunk);
  });
  for (const [path, text] of fixedParts(name)) {
    const part = open(zip, path);
    part.push(strToU8(text), true);
  }
  const sheet = open(zip, "xl/worksheets/sheet1.xml");
  sheet.push(strToU8(`${declaration}<worksheet xmlns="${main}"><sheetData>`));
  for (let from = 0; from < rows.length; from += rowsASlice) {
    const text = rows.slice(from, from + rowsASlice).map((row, index) => printRow(row, from + index + 1));
    sheet.push(strToU8(text.join("")));
    yield;
  }
  sheet.push(strToU8("</sheetData></worksheet>"), true);
  zip.end();
  return joined(chunks);
}

/** Zip's own epoch: files that say the same are the same bytes, whenever they were made. */
const fixedTime = "1980-01-01T00:00:00";

function open(zip: Zip, path: string): ZipDeflate {
  const part = new ZipDeflate(path, { level: 6 });
  part.mtime = fixedTime;
  zip.add(part);
  return part;
}

function printRow(row: readonly (string | number)[], number: number): string {
  const cells = row.map((value, column) => {
    const place = `${columnName(column)}${number}`;
    if (typeof value === "number") return `<c r="${place}"><v>${value}</v></c>`;
    if (value === "") return "";
    return `<c r="${place}" t="inlineStr"><is><t xml:space="preserve">${escapeXml(value)}</t></is></c>`;
  });
  return `<row r="${number}">${cells.join("")}</row>`;
}

function columnName(column: number): string {
  const letter = String.fromCharCode(65 + (column % 26));
  return column < 26 ? letter : columnName(Math.floor(column / 26) - 1) + letter;
}

function fixedParts(name: string): readonly (readonly [string, string])[] {
  // A sheet's name has at most 31 characters and none of these.
  const sheetName = escapeXml(
    name
      .replace(/[\\/?*[\]:']/g, " ")
      .slice(0, 31)
      .trim() || "Tags",
  );
  const relation = (id: string, kind: string, target: string) =>
    `<Relationship Id="${id}" Type="${office}/${kind}" Target="${target}"/>`;
  return [
    [
      "[Content_Types].xml",
      `${declaration}<Types xmlns="${packages}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${types}.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="${types}.worksheet+xml"/></Types>`,
    ],
    [
      "_rels/.rels",
      `${declaration}<Relationships xmlns="${packages}/relationships">${relation("rId1", "officeDocument", "xl/workbook.xml")}</Relationships>`,
    ],
    [
      "xl/workbook.xml",
      `${declaration}<workbook xmlns="${main}" xmlns:r="${office}"><sheets><sheet name="${sheetName}" sheetId="1" r:id="rId1"/></sheets></workbook>`,
    ],
    [
      "xl/_rels/workbook.xml.rels",
      `${declaration}<Relationships xmlns="${packages}/relationships">${relation("rId1", "worksheet", "worksheets/sheet1.xml")}</Relationships>`,
    ],
  ];
}

function joined(chunks: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(chunks.reduce((sum, chunk) => sum + chunk.length, 0));
  let at = 0;
  for (const chunk of chunks) {
    whole.set(chunk, at);
    at += chunk.length;
  }
  return whole;
}
