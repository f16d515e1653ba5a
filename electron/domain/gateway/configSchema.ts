import { z } from "zod";
import type { NeuronConfig } from "./neuronConfig.ts";

export const nodeEntry = z.looseObject({
  plugin: z.string(),
  name: z.string(),
  support_import_tags: z.boolean().default(false),
  tags: z.string().default(""),
});

export const tagEntry = z.looseObject({
  type: z.number(),
  name: z.string(),
  attribute: z.number(),
  precision: z.number().default(0),
  decimal: z.number().default(0),
  bias: z.number().default(0),
  address: z.string(),
  description: z.string().default(""),
  unit: z.string().default(""),
});

export const subscriptionEntry = z.looseObject({
  driver: z.string(),
  group: z.string(),
  params: z.looseObject({ topic: z.string().exactOptional() }).exactOptional(),
  static_tags: z.unknown().exactOptional(),
});

export const settingEntry = z.looseObject({ node: z.string(), params: z.record(z.string(), z.unknown()) });

/** A whole configuration. What a snapshot keeps must go back as it came, so unknown fields stay. */
export const configSchema = z.looseObject({
  nodes: z.array(nodeEntry),
  groups: z.array(
    z.looseObject({
      driver: z.string(),
      group: z.string(),
      tag_count: z.number().default(0),
      interval: z.number(),
    }),
  ),
  tags: z.array(z.looseObject({ driver: z.string(), group: z.string(), tags: z.array(tagEntry) })),
  subscriptions: z.array(z.looseObject({ app: z.string(), groups: z.array(subscriptionEntry) })),
  settings: z.array(settingEntry),
}) satisfies z.ZodType<NeuronConfig>;
