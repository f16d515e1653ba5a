import type { CallOutput } from "#contract/contract.ts";
import { problemView } from "#contract/failure.ts";
import { templateOf } from "#domain/clone/cloneSite.ts";
import { readCloneTable } from "#domain/clone/cloneTable.ts";
import { planClones } from "#domain/clone/planClones.ts";
import { variablesDeep } from "#domain/clone/variables.ts";
import { slugOf } from "#domain/site/fileName.ts";
import type { Site } from "#domain/site/site.ts";
import { runThrough } from "#domain/sliced.ts";
import { printDelimitedText } from "#domain/tables/delimitedText.ts";
import { utf8Bytes } from "#domain/utf8.ts";
import { decodeText } from "../decodeText.ts";
import { inSlices } from "../inSlices.ts";
import type { Transfers } from "../transfers.ts";
import type { World } from "../world.ts";

/** So many sites are named on the screen. */
const shownSites = 8;

/** What a table would make of the open site, or what is wrong with it; nothing is written. */
export async function lookAtTable(
  world: World,
  template: Site,
  bytes: Uint8Array,
  signal: AbortSignal,
): Promise<CallOutput<"clone.look">> {
  const { text } = await inSlices(decodeText(bytes), world, signal);
  const refused = (problems: Parameters<typeof problemView>[0][]) => ({
    sites: 0,
    first: [],
    problems: problems.map(problemView),
  });
  const table = await inSlices(readCloneTable(text), world, signal);
  if (!table.ok) return refused([...table.problem]);
  const fit = templateOf(template, table.value);
  if (!fit.ok) return refused([...fit.problem]);
  const clones = await inSlices(planClones(fit.value, table.value, world.crypto.sha256), world, signal);
  if (!clones.ok) return { ...refused([...clones.problem]), sites: table.value.rows.length };
  const first = clones.value
    .slice(0, shownSites)
    .map(({ site, slug, serial }) => ({ name: site.name, folder: slug, serial: serial ?? "" }));
  return { sites: clones.value.length, first, problems: [] };
}

/** A table that holds the template itself, to be filled in: its own columns, its variables, and what differs by site. */
export function emptyTable(template: Site, files: Transfers): CallOutput<"clone.table"> {
  const variables = [...variablesDeep(template)];
  const hosts = template.lines.flatMap((line) =>
    line.kind === "tcp" && !line.host.includes("{{") ? [[`lines.${line.name}.host`, line.host] as const] : [],
  );
  const url = template.gateway?.url ?? "";
  const cells: readonly (readonly [string, string])[] = [
    ["name", template.name],
    ["path", template.path.join("/")],
    ["serial", ""],
    ["key", ""],
    ...(url !== "" && !url.includes("{{") ? [["gateway.url", url] as const] : []),
    ...hosts,
    ...variables.map((variable) => [variable, ""] as const),
  ];
  const rows = [cells.map(([column]) => column), cells.map(([, cell]) => cell)];
  // A spreadsheet takes UTF-8 for what it is only with the mark in front.
  const text = `\uFEFF${runThrough(printDelimitedText(rows))}`;
  return { ...files.offer(`${slugOf(template.name)}-sites.csv`, utf8Bytes(text)), variables };
}
