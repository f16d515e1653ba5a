import { strToU8 } from "fflate";
import type { Sliced } from "../sliced.ts";
import { type Tag, tagKey } from "../tag/tag.ts";
import { printDelimitedText } from "./delimitedText.ts";
import { edgexLoses, printEdgex } from "./edgex.ts";
import type { ExportFormat } from "./formats.ts";
import { kepwareCells, kepwareLoses } from "./kepware.ts";
import { kubeedgeLoses, printKubeedge } from "./kubeedge.ts";
import { printNeuronJson } from "./neuronJson.ts";
import { neuronCells, type Tagged, tagCells } from "./printTable.ts";
import { printXlsx } from "./printXlsx.ts";

/** A field that a format cannot carry, and how many tags lose something by it. */
export interface Loss {
  readonly field: string;
  readonly tags: number;
}

export interface TagExport {
  readonly bytes: Uint8Array;
  readonly extension: "csv" | "xlsx" | "json" | "yaml";
  readonly losses: readonly Loss[];
  /** tags that the format cannot hold at all; they are left out */
  readonly leftOut: readonly Tag[];
}

/** Prints tags in a format, and says what it cannot carry. */
export function* exportTags(format: ExportFormat, site: Tagged, name: string): Sliced<TagExport> {
  const oneUnit = new Set(site.tags.map((tag) => `${tag.line}/${tag.address.unit}`)).size <= 1;
  const oneLine = new Set(site.tags.map((tag) => tag.line)).size <= 1;
  const counts = new Map<string, number>();
  const lose = (field: string, by: number) => by > 0 && counts.set(field, (counts.get(field) ?? 0) + by);
  const held: Tag[] = [];
  const leftOut: Tag[] = [];
  const names = new Set<string>();
  for (const tag of site.tags) {
    const lost = lostFields(format, tag, oneUnit);
    const key = nameIn(format, tag);
    if (lost === "all" || names.has(key)) {
      leftOut.push(tag);
      continue;
    }
    names.add(key);
    held.push(tag);
    for (const field of lost) lose(field, 1);
  }
  const hasLines = format === "csv" || format === "xlsx" || format === "neuron" || format === "kubeedge";
  if (!oneLine && !hasLines) lose("line", held.length);
  if (format === "neuron-xlsx" || format === "edgex") {
    const usual = new Set(
      site.groups.filter((one) => one.intervalMs === 1000).map((one) => `${one.line}/${one.name}`),
    );
    lose("interval", held.filter((tag) => !usual.has(`${tag.line}/${tag.group}`)).length);
  }
  const kept: Tagged = { ...site, tags: held };
  const losses = [...counts].map(([field, tags]) => ({ field, tags }));
  return { ...(yield* print(format, kept, name)), losses, leftOut };
}

/** What tells tags apart in a format: one without lines or groups has no room for two of a name. */
function nameIn(format: ExportFormat, tag: Tag): string {
  if (format === "edgex") return tag.name;
  return format === "kepware" || format === "neuron-xlsx" ? `${tag.group}.${tag.name}` : tagKey(tag);
}

function lostFields(format: ExportFormat, tag: Tag, oneUnit: boolean): readonly string[] | "all" {
  if (format === "csv" || format === "xlsx") return [];
  const manual = tag.manual === undefined ? [] : ["manual"];
  if (format === "neuron") return manual;
  if (format === "neuron-xlsx")
    return [...manual, ...(tag.bias === 0 ? [] : ["bias"]), ...(tag.unit === "" ? [] : ["unit"])];
  const lost = others[format](tag, oneUnit);
  if (lost === "all") return "all";
  return format !== "kepware" && tag.group !== "default"
    ? [...lost, "group", ...manual]
    : [...lost, ...manual];
}

const others = { kepware: kepwareLoses, edgex: edgexLoses, kubeedge: kubeedgeLoses } as const;

function* print(
  format: ExportFormat,
  site: Tagged,
  name: string,
): Sliced<Pick<TagExport, "bytes" | "extension">> {
  switch (format) {
    case "csv":
      // The mark makes spreadsheets read the file as UTF-8.
      return { bytes: strToU8(`\uFEFF${yield* printDelimitedText(tagCells(site))}`), extension: "csv" };
    case "xlsx":
      return { bytes: yield* printXlsx(name, tagCells(site)), extension: "xlsx" };
    case "neuron":
      return { bytes: strToU8(printNeuronJson(site)), extension: "json" };
    case "neuron-xlsx":
      return { bytes: yield* printXlsx("sheet1", neuronCells(site)), extension: "xlsx" };
    case "kepware":
      return { bytes: strToU8(`\uFEFF${yield* printDelimitedText(kepwareCells(site))}`), extension: "csv" };
    case "kubeedge":
      return { bytes: strToU8(printKubeedge(site, name)), extension: "yaml" };
    case "edgex":
      return { bytes: strToU8(printEdgex(site, name)), extension: "yaml" };
  }
}
