import { z } from "zod";
import { accesses, tagTypes } from "../tag/tag.ts";
import { keptSchema } from "./kept.ts";

/** Bounds hold what a gateway can take (Neuron: names below 128 bytes) and what a screen can show. */
const name = z.string().trim().min(1).max(127);

export const addressSchema = z.strictObject({
  unit: z.int().min(1).max(247),
  area: z.enum(["coil", "discrete", "input", "holding"]),
  offset: z.int().min(0).max(65535),
  bit: z.int().min(0).max(15).exactOptional(),
  order: z.enum(["L", "B", "LL", "LB", "BL", "BB", "WS", "WR"]).exactOptional(),
  length: z.int().min(1).max(128).exactOptional(),
  stringOrder: z.enum(["H", "L"]).exactOptional(),
});

export const tagSchema = z.strictObject({
  line: z.string().min(1),
  group: name,
  name,
  address: addressSchema,
  type: z.enum(tagTypes),
  access: z.array(z.enum(accesses)).readonly(),
  scale: z.number(),
  bias: z.number(),
  precision: z.int().min(0).max(17),
  unit: z.string().max(15),
  description: z.string().max(255),
  manual: z.string().max(40).exactOptional(),
});

export const serialSettingsSchema = z.strictObject({
  baudRate: z.int().min(50).max(4_000_000),
  parity: z.enum(["none", "even", "odd"]),
  dataBits: z.union([z.literal(7), z.literal(8)]),
  stopBits: z.union([z.literal(1), z.literal(2)]),
  mode: z.enum(["rtu", "ascii"]).optional(),
});

export const unitSchema = z.strictObject({
  number: z.int().min(1).max(247),
  name: z.string().max(127),
  identity: z.string().max(500),
  profile: z.string().max(200).optional(),
});

const lineBase = {
  id: z.string().min(1).max(64),
  name,
  units: z.array(unitSchema).readonly(),
  timeoutMs: z.int().min(10).max(30_000),
};

export const lineSchema = z.discriminatedUnion("kind", [
  z.strictObject({
    ...lineBase,
    kind: z.literal("serial"),
    port: z.string().max(255),
    gatewayPort: z.string().min(1).max(30),
    settings: serialSettingsSchema,
  }),
  z.strictObject({
    ...lineBase,
    kind: z.literal("tcp"),
    host: z.string().min(1).max(255),
    port: z.int().min(1).max(65535),
  }),
]);

export const groupSchema = z.strictObject({
  line: z.string().min(1),
  name,
  intervalMs: z.int().min(30).max(86_400_000),
});

export const gatewaySchema = z.strictObject({
  url: z.string().max(255),
  user: z.string().max(64),
});

export const uplinkSchema = z.strictObject({
  host: z.string().min(1).max(255),
  port: z.int().min(1).max(65535),
  tls: z.boolean(),
  ca: z.string().max(65_536),
  clientCertificate: z.string().min(1).max(65_536).exactOptional(),
  webSocketPath: z.string().startsWith("/").max(255).exactOptional(),
  version: z.enum(["3.1.1", "5"]),
  clientId: z.string().min(1).max(255),
  username: z.string().max(255),
  qos: z.union([z.literal(0), z.literal(1), z.literal(2)]),
  format: z.enum(["values", "tags"]),
  topic: z.string().min(1).max(255),
});

const bridgeTopicSchema = z.strictObject({
  local: z.string().max(255),
  remote: z.string().max(255),
  qos: z.union([z.literal(0), z.literal(1), z.literal(2)]),
});

export const bridgeSchema = z.strictObject({
  url: z.string().max(255),
  user: z.string().max(64),
  name: z.string().regex(/^[A-Za-z0-9_-]{1,64}$/),
  server: z.string().min(1).max(255),
  version: z.enum(["3.1.1", "5"]),
  clientId: z.string().min(1).max(255),
  cleanStart: z.boolean(),
  keepAliveSeconds: z.int().min(1).max(65_535),
  username: z.string().max(255),
  queueLength: z.int().min(1).max(1_000_000),
  forwards: z.array(bridgeTopicSchema).max(256).readonly(),
  subscriptions: z.array(bridgeTopicSchema).max(256).readonly(),
  tls: z
    .strictObject({
      caFile: z.string().max(255),
      certificateFile: z.string().max(255),
      keyFile: z.string().max(255),
    })
    .exactOptional(),
});

const ruleName = z.string().regex(/^[\p{L}\p{N}_-]{1,127}$/u);

export const ruleSetSchema = z.strictObject({
  url: z.string().max(255),
  streams: z
    .array(z.strictObject({ name: ruleName, sql: z.string().min(1).max(16_384) }))
    .max(512)
    .readonly(),
  rules: z
    .array(
      z.strictObject({
        id: ruleName,
        sql: z.string().min(1).max(16_384),
        actions: z.array(z.record(z.string(), z.unknown())).min(1).max(64).readonly(),
        options: z.record(z.string(), z.unknown()),
      }),
    )
    .max(512)
    .readonly(),
});

export const siteHeadSchema = z.strictObject({
  id: z.string().min(1).max(64),
  name,
  path: z.array(z.string().max(64)).max(6).readonly(),
  engineer: z.string().max(127),
  note: z.string().max(4000),
  training: z.boolean(),
  gateway: gatewaySchema.nullable(),
  lines: z.array(lineSchema).readonly(),
  groups: z.array(groupSchema).readonly(),
  uplink: uplinkSchema.nullable(),
  kept: keptSchema.exactOptional(),
  bridge: bridgeSchema.exactOptional(),
  rules: ruleSetSchema.exactOptional(),
});
