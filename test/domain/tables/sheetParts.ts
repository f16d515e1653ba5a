import { strToU8, zipSync } from "fflate";

const rels = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const main = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"';

/** A spreadsheet written by hand, part by part, as programs write them. */
export function spreadsheet(parts: {
  /** rows, and what follows them, as XML */
  readonly rows: string;
  readonly after?: string;
  readonly strings?: readonly string[];
  readonly styles?: string;
  readonly bookProperties?: string;
  /** more sheets by name */
  readonly more?: Readonly<Record<string, string>>;
  readonly hidden?: readonly string[];
}): Uint8Array {
  const { rows, after = "", strings = [], styles = "", bookProperties = "", more = {}, hidden = [] } = parts;
  const sheets = { Tags: `<sheetData>${rows}</sheetData>${after}`, ...more };
  const names = Object.keys(sheets);
  const files = {
    "xl/workbook.xml": `<workbook ${main} xmlns:r="${rels}">${bookProperties}<sheets>${names.map((name, at) => `<sheet name="${name}" sheetId="${at + 1}" r:id="rId${at + 1}"${hidden.includes(name) ? ' state="hidden"' : ""}/>`).join("")}</sheets></workbook>`,
    "xl/_rels/workbook.xml.rels": `<Relationships>${names.map((_, at) => `<Relationship Id="rId${at + 1}" Target="worksheets/sheet${at + 1}.xml"/>`).join("")}</Relationships>`,
    "xl/sharedStrings.xml": `<sst ${main}>${strings.join("")}</sst>`,
    "xl/styles.xml": `<styleSheet ${main}>${styles}</styleSheet>`,
    ...Object.fromEntries(
      Object.values(sheets).map((body, at) => [
        `xl/worksheets/sheet${at + 1}.xml`,
        `<?xml version="1.0"?>\n<worksheet ${main}>${body}</worksheet>`,
      ]),
    ),
  };
  return zipSync(Object.fromEntries(Object.entries(files).map(([path, text]) => [path, strToU8(text)])));
}
