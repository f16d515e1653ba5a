import { z } from "zod";
import type { GatewayNode, GatewayValue } from "#capabilities/gatewayApi.ts";
import { printExactJson } from "#domain/gateway/exactJson.ts";
import type { NeuronConfig } from "#domain/gateway/neuronConfig.ts";

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

/** What a snapshot keeps must go back as it came, so unknown fields stay. */
export const configReply = z.looseObject({
  nodes: z.array(
    z.looseObject({
      plugin: z.string(),
      name: z.string(),
      support_import_tags: z.boolean().default(false),
      tags: z.string().default(""),
    }),
  ),
  groups: z.array(
    z.looseObject({
      driver: z.string(),
      group: z.string(),
      tag_count: z.number().default(0),
      interval: z.number(),
    }),
  ),
  tags: z.array(
    z.looseObject({
      driver: z.string(),
      group: z.string(),
      tags: z.array(
        z.looseObject({
          type: z.number(),
          name: z.string(),
          attribute: z.number(),
          precision: z.number().default(0),
          decimal: z.number().default(0),
          bias: z.number().default(0),
          address: z.string(),
          description: z.string().default(""),
          unit: z.string().default(""),
        }),
      ),
    }),
  ),
  subscriptions: z.array(
    z.looseObject({
      app: z.string(),
      groups: z.array(
        z.looseObject({
          driver: z.string(),
          group: z.string(),
          params: z.looseObject({ topic: z.string().exactOptional() }).exactOptional(),
          static_tags: z.unknown().exactOptional(),
        }),
      ),
    }),
  ),
  settings: z.array(z.looseObject({ node: z.string(), params: z.record(z.string(), z.unknown()) })),
}) satisfies z.ZodType<NeuronConfig>;

export const tagsReply = z.object({
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

function plainValue(value: unknown): NonNullable<GatewayValue["value"]> {
  if (typeof value === "boolean") return value ? 1 : 0;
  if (typeof value === "number" || typeof value === "bigint" || typeof value === "string") return value;
  if (Array.isArray(value) && value.every((item) => typeof item === "number")) return value;
  return printExactJson(value);
}
