import { z } from "zod";
import type { Problem } from "../problem.ts";
import { ok, type Result, refused } from "../result.ts";
import { tagSchema } from "../site/schema.ts";
import { parseAddress } from "../tag/parseAddress.ts";
import { printAddress } from "../tag/printAddress.ts";
import { tagProblems } from "../tag/tagLimits.ts";
import { type ThingModel, type ThingProperty, tagOfProperty } from "./thingModel.ts";

const placeSchema = tagSchema
  .omit({ description: true, unit: true })
  .extend({ intervalMs: z.int().min(100).max(86_400_000) });

const propertySchema = z.strictObject({
  name: z.string().min(1).max(500),
  description: z.string().max(1000),
  type: z.enum(["number", "integer", "boolean", "string", "bytes"]),
  unit: z.string().max(15),
  range: z.strictObject({ min: z.number(), max: z.number() }).exactOptional(),
  readable: z.boolean(),
  writable: z.boolean(),
  place: placeSchema.exactOptional(),
});

export const thingKind = "lastmile thing model";

const modelSchema = z.strictObject({
  kind: z.literal(thingKind),
  format: z.literal(1),
  id: z.string().max(500),
  title: z.string().max(500),
  properties: z.array(propertySchema).max(100_000),
});

/** Our own form: nothing is lost. */
export function printThing(model: ThingModel): string {
  const { id, title, properties } = model;
  return `${JSON.stringify({ kind: thingKind, format: 1, id, title, properties }, null, 2)}\n`;
}

export function readThing(json: unknown): Result<ThingModel, readonly Problem[]> {
  const read = modelSchema.safeParse(json);
  if (!read.success) {
    return refused(
      read.error.issues.slice(0, 20).map((issue) => ({
        code: "thing.malformed",
        reason: [...(issue.path.length > 0 ? [issue.path.join(".")] : []), issue.message].join(": "),
      })),
    );
  }
  const { id, title } = read.data;
  const properties = read.data.properties.map(
    (one): ThingProperty => ({ ...one, range: one.range, place: one.place }),
  );
  const problems = thingProblems(properties);
  return problems.length > 0 ? refused(problems) : ok({ id, title, properties });
}

/** Names used twice, and places that no tag can have. */
export function thingProblems(properties: readonly ThingProperty[]): readonly Problem[] {
  const problems: Problem[] = [];
  const names = new Set<string>();
  for (const property of properties) {
    const unfit = (reason: string) =>
      problems.push({ code: "thing.propertyUnfit", property: property.name, reason });
    if (names.has(property.name)) unfit("duplicate");
    names.add(property.name);
    if (!property.place) continue;
    const tag = tagOfProperty(property, property.place);
    const address = printAddress(tag.address);
    const back = parseAddress(address, tag.type);
    if (!back.ok || printAddress(back.value) !== address) unfit("type");
    else if (tagProblems(tag).length > 0) unfit("limits");
  }
  return problems;
}
