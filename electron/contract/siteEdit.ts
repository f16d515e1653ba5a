import { z } from "zod";
import {
  bridgeSchema,
  gatewaySchema,
  groupSchema,
  lineSchema,
  ruleSetSchema,
  tagSchema,
  unitSchema,
  uplinkSchema,
} from "#domain/site/schema.ts";

/** One change of a site, as a person makes it. */
export const siteEdit = z.discriminatedUnion("kind", [
  z.strictObject({
    kind: z.literal("describe"),
    name: z.string().max(127),
    path: z.array(z.string().max(64)).max(6),
    engineer: z.string().max(127),
    note: z.string().max(4000),
  }),
  z.strictObject({ kind: z.literal("setGateway"), gateway: gatewaySchema.nullable() }),
  z.strictObject({ kind: z.literal("putLine"), line: lineSchema }),
  z.strictObject({ kind: z.literal("removeLine"), id: z.string() }),
  z.strictObject({ kind: z.literal("setUnits"), line: z.string(), units: z.array(unitSchema) }),
  z.strictObject({
    kind: z.literal("putTags"),
    tags: z.array(tagSchema).max(100_000).readonly(),
    groups: z.array(groupSchema),
  }),
  z.strictObject({
    kind: z.literal("changeTags"),
    changes: z
      .array(z.strictObject({ keys: z.array(z.string()).readonly(), to: tagSchema.partial() }))
      .max(100_000)
      .readonly(),
  }),
  z.strictObject({ kind: z.literal("removeTags"), keys: z.array(z.string()).max(100_000) }),
  z.strictObject({
    kind: z.literal("setInterval"),
    line: z.string(),
    group: z.string(),
    intervalMs: z.int().max(86_400_000),
  }),
  z.strictObject({ kind: z.literal("setUplink"), uplink: uplinkSchema.nullable() }),
  z.strictObject({ kind: z.literal("setBridge"), bridge: bridgeSchema.nullable() }),
  z.strictObject({ kind: z.literal("setRules"), rules: ruleSetSchema.nullable() }),
]);
