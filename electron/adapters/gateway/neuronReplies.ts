import { z } from "zod";
import type { GatewayNode, GatewayValue } from "#capabilities/gatewayApi.ts";
import { nodeEntry, subscriptionEntry, tagEntry } from "#domain/gateway/configSchema.ts";
import { printExactJson } from "#domain/gateway/exactJson.ts";

/** What Neuron 2.x answers, as far as it is used. Fields of other versions are kept where they go back to it. */
export const errorReply = z.object({ error: z.number() });

export const loginReply = z.object({ token: z.string().min(1) });

export const versionReply = z.object({ version: z.string() });

export const pluginsReply = z.object({ plugins: z.array(z.object({ name: z.string() })) });

export const statesReply = z.object({
  states: z.array(
    z.object({
      node: z.string(),
      running: z.number(),
      link: z.union([z.literal(0), z.literal(1)]),
      rtt: z.number(),
    }) satisfies z.ZodType<GatewayNode>,
  ),
});

export const nodesReply = z.object({ nodes: z.array(nodeEntry) });

export const groupsReply = z.object({
  groups: z.array(z.object({ name: z.string(), tag_count: z.number().default(0), interval: z.number() })),
});

export const tagsReply = z.object({ tags: z.array(tagEntry) });

export const subscriptionsReply = z.object({ groups: z.array(subscriptionEntry) });

/** Only the units, which the export loses. */
export const unitsReply = z.object({
  tags: z.array(z.object({ name: z.string(), unit: z.string().default("") })),
});

/** Neither value nor error is what an infinite number comes as. */
export const readReply = z.object({
  tags: z.array(
    z
      .object({ name: z.string(), value: z.unknown().optional(), error: z.number().optional() })
      .transform(({ name, value, error }): GatewayValue => {
        if (error !== undefined && error !== 0) return { name, error };
        return value === undefined || value === null ? { name } : { name, value: plainValue(value) };
      }),
  ),
});

/** Neither value nor error is what bytes come as. */
export const testReply = z
  .object({ value: z.unknown().optional() })
  .transform(
    ({ value }): Pick<GatewayValue, "value"> =>
      value === undefined || value === null ? {} : { value: plainValue(value) },
  );

function plainValue(value: unknown): NonNullable<GatewayValue["value"]> {
  if (typeof value === "boolean") return value ? 1 : 0;
  if (typeof value === "number" || typeof value === "bigint" || typeof value === "string") return value;
  if (Array.isArray(value) && value.every((item) => typeof item === "number")) return value;
  return printExactJson(value);
}
