import { z } from "zod";
import { identitySources } from "#domain/modbus/identity.ts";
import { serialSettingsSchema, unitSchema } from "#domain/site/schema.ts";
import { phraseView } from "./phraseView.ts";

/** Line settings that were tried, with the evidence for each. */
export const candidateView = z.strictObject({
  settings: serialSettingsSchema,
  tried: z.boolean(),
  /** CRC-valid frames heard or answers received at these settings, and bytes that made no frame */
  frames: z.number(),
  strayBytes: z.number(),
  /** unit that answered, when it was found by asking */
  unit: z.number().nullable(),
  certain: z.boolean(),
});
export type CandidateView = z.infer<typeof candidateView>;

const count = z.number();
export const certificateView = z.strictObject({
  unit: count,
  asked: count,
  good: count,
  badCrc: count,
  short: count,
  long: count,
  silent: count,
  exceptions: count,
  echo: z.boolean(),
  idleBytes: count,
  idleMs: count,
  badShare: count,
  limit: count,
  atMost: count,
  latenciesMs: z.array(count).readonly(),
  byLength: z
    .array(z.strictObject({ registers: count, asked: count, good: count, badCrc: count, silent: count }))
    .readonly(),
  byGap: z.array(z.strictObject({ gapMs: count, asked: count, good: count })).readonly(),
  after: count.nullable(),
  neighbours: z.array(count).readonly().nullable(),
  reads: z.strictObject({
    codes: z.string(),
    atMs: z.array(count).readonly(),
    registers: z.array(count).readonly(),
    bytes: z.array(count).readonly(),
  }),
  damage: z.strictObject({ first: count, middle: count, last: count }),
  damagedAt: z.array(count).readonly(),
  verdict: z.enum(["good", "slow", "bad"]),
  says: phraseView,
});
export type CertificateView = z.infer<typeof certificateView>;

/** The newest certificate of one unit of the site, from the evidence; earlier ones in short, newest first. */
export const unitCertificateView = z.strictObject({
  /** line's id and unit */
  key: z.string(),
  line: z.string(),
  at: z.number(),
  certificate: certificateView,
  earlier: z.array(
    z.strictObject({
      at: z.number(),
      verdict: certificateView.shape.verdict,
      badShare: count,
      says: phraseView,
    }),
  ),
});
export type UnitCertificateView = z.infer<typeof unitCertificateView>;
const seenWords = z.strictObject({
  area: z.enum(["input", "holding"]),
  offset: z.int().min(0).max(65535),
  words: z.array(z.int().min(0).max(65535)).max(8).readonly(),
});

/** What a unit says of itself, field by field; what it does not say is empty. */
export const seenIdentity = z.strictObject({
  vendor: z.string(),
  product: z.string(),
  revision: z.string(),
  serial: z.string(),
  serverId: z.string(),
  sunspecModels: z.array(z.number()).readonly(),
  /** of a unit that names itself in no other way: what stood where profiles have a fingerprint */
  registers: z.array(seenWords).max(64).readonly().exactOptional(),
});

export const foundUnit = z.strictObject({
  ...unitSchema.shape,
  latencyMs: z.number(),
  /** how it answered: with data, or with an exception that proves a unit is there */
  answered: z.enum(["data", "exception"]),
  seen: seenIdentity,
  /** the ways by which it said who it is */
  identifiedBy: z.array(z.enum(identitySources)).readonly(),
});
export type FoundUnit = z.infer<typeof foundUnit>;

/** A number at which no frame is ever whole, or that answers one question twice: two units share it, or noise. */
export const suspectUnit = z.strictObject({ number: z.number(), reason: z.enum(["garbled", "twice"]) });
export type SuspectUnit = z.infer<typeof suspectUnit>;

/** A host of the network that takes connections on the port. */
export const foundHost = z.strictObject({
  host: z.string(),
  port: z.number(),
  /** it answered a Modbus request; else the port is open and something else is behind it, or nobody */
  speaksModbus: z.boolean(),
  /** the unit number that answered */
  unit: z.number().nullable(),
  identity: z.string(),
  latencyMs: z.number().nullable(),
});
export type FoundHost = z.infer<typeof foundHost>;

/** A program of the gateway's stack that answered, or a computer that announces SSH and may have one behind it. */
export const foundGateway = z.strictObject({
  kind: z.enum(["Neuron", "NeuronEX", "eKuiper", "NanoMQ", "SSH"]),
  host: z.string(),
  /** to sign in to; of a computer with SSH alone, where Neuron would be */
  url: z.string(),
  version: z.string(),
  latencyMs: z.number().nullable(),
  /** as the host announces itself; empty: it does not */
  name: z.string(),
  /** hardware address; empty: beyond this network */
  mac: z.string(),
});
export type FoundGatewayView = z.infer<typeof foundGateway>;
