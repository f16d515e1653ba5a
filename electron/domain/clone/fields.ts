import type { Site } from "../site/site.ts";

/** Columns that mean something of every site, whatever its template holds. */
export const ownColumns = ["name", "id", "path", "serial", "key"] as const;

/**
 * The template with one field set to a cell's text: `note`, `uplink.host`, `lines.rtu.port` (a line by name or id).
 * Numbers and yes/no keep their kind; a text that does not fit stays text, for the site's schema to name.
 *
 * @returns undefined where the template has no such field
 */
export function withField(head: SiteHead, column: string, text: string): SiteHead | undefined {
  const set = setAt(head, column.split("."), text);
  return set === undefined ? undefined : (set as SiteHead);
}

export type SiteHead = Omit<Site, "tags">;

/** Belongs to the site alone, or is made of the table's own columns. */
const fixed = ["id", "name", "path", "training"];

export function isField(head: SiteHead, column: string): boolean {
  return !fixed.includes(column.split(".")[0] ?? "") && withField(head, column, "") !== undefined;
}

function setAt(part: unknown, path: readonly string[], text: string): unknown {
  const [step, ...rest] = path;
  if (step === undefined) return leaf(part, text);
  if (typeof part !== "object" || part === null) return undefined;
  if (Array.isArray(part)) {
    const index = part.findIndex((item) => item?.name === step || item?.id === step);
    const item = index === -1 ? undefined : setAt(part[index], rest, text);
    return item === undefined ? undefined : part.with(index, item);
  }
  if (!Object.hasOwn(part, step)) return undefined;
  const item = setAt((part as Record<string, unknown>)[step], rest, text);
  return item === undefined ? undefined : { ...part, [step]: item };
}

function leaf(old: unknown, text: string): unknown {
  if (typeof old === "string") return text;
  if (typeof old === "number") return /^-?\d+(\.\d+)?$/.test(text) ? Number(text) : text;
  if (typeof old === "boolean") return text === "true" || (text === "false" ? false : text);
  return undefined;
}
