import type { z } from "zod";
import { isSecretName } from "../gateway/seal.ts";
import type { Problem } from "../problem.ts";
import { ok, type Result, refused } from "../result.ts";
import { siteHeadSchema, tagSchema } from "../site/schema.ts";
import type { Site } from "../site/site.ts";
import { siteContradictions } from "../site/siteContradictions.ts";
import { utf8Bytes } from "../utf8.ts";
import type { CloneRow, CloneTable } from "./cloneTable.ts";
import { isField, ownColumns, type SiteHead, withField } from "./fields.ts";
import { filledDeep, variablesDeep } from "./variables.ts";

/** What is the same for every row, worked out once. */
export interface Template {
  readonly site: Site;
  readonly variables: ReadonlySet<string>;
  /** indices of the tags that hold variables */
  readonly varying: ReadonlySet<number>;
}

export type Sha256 = (bytes: Uint8Array) => string;

/**
 * Holds a template against a table's columns. Every column is the site's own (name, id, path, serial, key), a
 * variable of the template, or a field of it; every variable has a column.
 *
 * Problems: `clone.columnUnknown`, `clone.columnSecret`, `clone.variableMissing`.
 */
export function templateOf(site: Site, { columns }: CloneTable): Result<Template, readonly Problem[]> {
  const variables = variablesDeep(site);
  const at = (column: string) => ({ row: 1, column });
  const strange = columns.flatMap((column): readonly Problem[] => {
    if (isSecretName(column) && column !== "key")
      return [{ code: "clone.columnSecret", column, at: at(column) }];
    const isKnown = isOwn(column) || variables.has(column) || isField(site, column);
    return isKnown ? [] : [{ code: "clone.columnUnknown", column, at: at(column) }];
  });
  const missing = [...variables]
    .filter((name) => !columns.includes(name))
    .map((variable) => ({ code: "clone.variableMissing", variable }) as const);
  if (strange.length + missing.length > 0) return refused([...strange, ...missing]);
  const varying = site.tags.flatMap((tag, index) => (variablesDeep(tag).size > 0 ? [index] : []));
  return ok({ site, variables, varying: new Set(varying) });
}

/**
 * The site of one row. Its id comes from its column or from the template and the name, so that the same table
 * makes the same sites; its client ids hold the site's id unless the table or a variable says them.
 *
 * Problems, each with the row: `clone.cellMissing`, `file.notASite` where a value does not fit, contradictions.
 */
export function cloneSite(
  { site: template, variables, varying }: Template,
  row: CloneRow,
  sha256: Sha256,
): Result<Site, readonly Problem[]> {
  const { cells } = row;
  const empty = ["name", ...variables].filter((name) => !cells.has(name));
  if (empty.length > 0)
    return refused(
      empty.map((column) => ({ code: "clone.cellMissing", column, at: { row: row.row, column } })),
    );
  const name = cells.get("name") as string;
  const id = cells.get("id") ?? sha256(utf8Bytes(`${template.id}\n${name}`)).slice(0, 16);
  const { tags, ...head } = template;
  const clientId = template.uplink?.clientId ?? "";
  const own: SiteHead = {
    ...filledDeep(head, cells),
    id,
    name,
    training: false,
    ...(cells.has("path") && { path: levels(cells.get("path") as string) }),
  };
  const set = [...cells].reduce(
    (site, [column, text]) => (isOwn(column) ? site : (withField(site, column, text) ?? site)),
    own,
  );
  const isNamed = cells.has("uplink.clientId") || variablesDeep(clientId).size > 0;
  const isBridgeNamed =
    cells.has("bridge.clientId") || variablesDeep(template.bridge?.clientId ?? "").size > 0;
  const whole: SiteHead = {
    ...set,
    ...(set.uplink && !isNamed && { uplink: { ...set.uplink, clientId: `lastmile-${id}` } }),
    ...(set.bridge && !isBridgeNamed && { bridge: { ...set.bridge, clientId: `lastmile-${id}-bridge` } }),
  };
  const read = siteHeadSchema.safeParse(whole);
  if (!read.success) {
    return refused(unfit(read.error, "", row.row));
  }
  const ownTags = tags.map((tag, index) => (varying.has(index) ? filledDeep(tag, cells) : tag));
  const wrong = ownTags.flatMap((tag, index) =>
    varying.has(index) ? unfit(tagSchema.safeParse(tag).error, `tags[${index}].`, row.row) : [],
  );
  const site = { ...whole, tags: ownTags };
  const problems = [...wrong, ...siteContradictions(site).map((problem) => inRow(problem, row.row))];
  return problems.length > 0 ? refused(problems) : ok(site);
}

/** What of a row does not fit the site's schema, field by field. */
function unfit(error: z.ZodError | undefined, before: string, row: number): readonly Problem[] {
  return (error?.issues ?? []).map(({ path, message }) => ({
    code: "file.notASite",
    reason: message,
    at: { row, field: `${before}${path.map(String).join(".")}` },
  }));
}

/** The problem with the row that it comes from. */
export function inRow(problem: Problem, row: number): Problem {
  return { ...problem, at: { ...problem.at, row } };
}

function isOwn(column: string): boolean {
  return ownColumns.some((own) => own === column);
}

function levels(text: string): readonly string[] {
  return text
    .split("/")
    .map((level) => level.trim())
    .filter(Boolean);
}
