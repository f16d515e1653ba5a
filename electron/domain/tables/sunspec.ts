import { z } from "zod";
import type { Problem } from "../problem.ts";
import type { Column } from "../tag/columns.ts";
import type { RawRow } from "./collectTags.ts";
import { numbered } from "./neuronJson.ts";

const point = z.looseObject({
  name: z.string(),
  type: z.string(),
  size: z.number(),
  sf: z.union([z.string(), z.number()]).optional(),
  units: z.string().optional(),
  access: z.string().optional(),
  label: z.string().optional(),
  desc: z.string().optional(),
});
interface Group {
  readonly name: string;
  readonly count?: number | string | undefined;
  readonly points?: readonly z.infer<typeof point>[] | undefined;
  readonly groups?: readonly Group[] | undefined;
}
const group: z.ZodType<Group> = z.lazy(() =>
  z.looseObject({
    name: z.string(),
    count: z.union([z.number(), z.string()]).optional(),
    points: z.array(point).optional(),
    groups: z.array(group).optional(),
  }),
);
const model = z.looseObject({ id: z.number(), group });

export interface SunspecChoice {
  /** 0-based address of the model's first register (its ID); model 1 stands at 40002 in nearly every device */
  readonly start: number | undefined;
  /** scale factors that a person read from the device: name → power of ten */
  readonly factors: Readonly<Record<string, number>>;
}

export const sunspecColumns: readonly Column[] = [
  ...(["group", "name", "address", "area", "type", "access", "scale", "unit", "description"] as const),
];

/**
 * The rows of a SunSpec model. Its points follow each other from the model's start, which only the device knows; so do
 * most scale factors: such a point is refused until its factor is given, because its raw value would look right.
 *
 * @see SunSpec Device Information Model Specification, 5
 */
export function sunspecRows(
  document: unknown,
  { start, factors }: SunspecChoice,
): readonly RawRow[] | undefined {
  const read = model.safeParse(document);
  if (!read.success) return undefined;
  const { id, group: top } = read.data;
  const first = start ?? (id === 1 ? 40_002 : undefined);
  const problems: (readonly Problem[])[] = [];
  const cells: Partial<Record<Column, string>>[] = [];
  let at = 0;
  let isFixed = true;

  function take(one: Group, prefix: string): void {
    const repeats = one.count === undefined ? 1 : Number(one.count);
    // How often a group repeats stands in the device: what follows it has no known place.
    if (!Number.isInteger(repeats) || repeats < 1 || repeats > 64) isFixed = false;
    for (let n = 0; n < (isFixed ? repeats : 1); n++) {
      const own = repeats > 1 ? `${prefix}${n + 1}.` : prefix;
      for (const item of one.points ?? []) takePoint(item, own);
      for (const inner of one.groups ?? []) take(inner, `${own}${inner.name}.`);
    }
  }

  function takePoint(item: z.infer<typeof point>, prefix: string): void {
    const offset = at;
    at += item.size;
    if (
      item.type === "pad" ||
      item.type === "sunssf" ||
      (prefix === "" && (item.name === "ID" || item.name === "L"))
    )
      return;
    const name = `${prefix}${item.name}`;
    const found: Problem[] = [];
    const power = typeof item.sf === "string" ? factors[item.sf] : item.sf;
    if (item.sf !== undefined && power === undefined)
      found.push({ code: "tag.scaleDynamic", name, by: String(item.sf), at: { column: "decimal" } });
    if (first === undefined) found.push({ code: "table.choiceMissing", what: "start", text: name });
    if (!isFixed) found.push({ code: "tag.partUnfit", name, part: "count", text: prefix });
    problems.push(found);
    cells.push({
      group: top.name,
      name,
      area: "holding",
      address: String((first ?? 0) + offset),
      type: item.type,
      length: item.type === "string" ? String(item.size) : "",
      access: item.access ?? "R",
      scale: power === undefined ? "" : `1e${power}`,
      unit: item.units ?? "",
      description: item.label ?? item.desc ?? "",
    });
  }

  take(top, "");
  return numbered(cells, (index) => problems[index]);
}
