import { z } from "zod";
import { accesses, tagTypes } from "../tag/tag.ts";

/**
 * A device profile as it stands in a file. resources/device-profiles/profile.schema.json is the same schema for
 * editors and other tools; what no schema can say (an order that fits the type, golden reads that decode) is in
 * `profileProblems`.
 */
const line = z.string().min(1).max(200);
const id = z.string().regex(/^[a-z0-9]+([_-][a-z0-9]+)*$/);
const bothLanguages = z.strictObject({ en: line, zh: line });
const area = z.enum(["coil", "discrete", "input", "holding"]);
const offset = z.int().min(0).max(65535);
const word = z.string().regex(/^[0-9A-F]{4}$/);

const point = z.strictObject({
  id,
  area,
  /** on the wire, from 0 */
  offset,
  /** the address as the manual prints it */
  printed: z.string().min(1).max(40),
  type: z.enum(tagTypes),
  order: z.enum(["L", "B", "LL", "LB", "BL", "BB", "WS", "WR"]).exactOptional(),
  bit: z.int().min(0).max(15).exactOptional(),
  length: z.int().min(1).max(128).exactOptional(),
  stringOrder: z.enum(["H", "L"]).exactOptional(),
  /** shown = raw × scale + bias */
  scale: z.number().exactOptional(),
  bias: z.number().exactOptional(),
  /** the point that holds the power of ten to multiply with, as SunSpec has it */
  scaleFrom: id.exactOptional(),
  unit: z.string().max(15).exactOptional(),
  precision: z.int().min(0).max(17).exactOptional(),
  access: z.array(z.enum(accesses)).min(1).max(3),
  /** how often it is worth reading */
  poll: z.enum(["fast", "normal", "slow", "once"]),
  says: bothLanguages,
  /** raw words that mean something else than a value */
  sentinels: z
    .array(z.strictObject({ words: z.array(word).min(1).max(4), says: bothLanguages }))
    .exactOptional(),
  values: z.array(z.strictObject({ value: z.int(), says: bothLanguages })).exactOptional(),
  bits: z.array(z.strictObject({ bit: z.int().min(0).max(31), says: bothLanguages })).exactOptional(),
  /** shown values that may be written */
  write: z.strictObject({ min: z.number(), max: z.number() }).exactOptional(),
});

const identify = z.discriminatedUnion("by", [
  /** device identification: vendor and product as the unit gives them */
  z.strictObject({ by: z.literal("fc43"), vendor: line, products: z.array(line).min(1) }),
  z.strictObject({ by: z.literal("fc17"), text: line }),
  /** SunSpec's common model and the models beside it; without products the device is not known for sure */
  z.strictObject({
    by: z.literal("sunspec"),
    vendor: line.exactOptional(),
    products: z.array(line).exactOptional(),
    models: z.array(z.int().min(1).max(65535)).min(1),
  }),
  /** a harmless read whose words must be these; null fits any word */
  z.strictObject({
    by: z.literal("fingerprint"),
    area: z.enum(["input", "holding"]),
    offset,
    words: z.array(word.nullable()).min(1).max(8),
  }),
]);

export const profileSchema = z.strictObject({
  $schema: z.string().exactOptional(),
  format: z.literal(1),
  id,
  device: z.strictObject({
    vendor: line,
    model: line,
    kind: z.enum([
      "meter",
      "rectifier",
      "genset",
      "inverter",
      "charger",
      "ups",
      "hvac",
      "pump",
      "plc",
      "sensor",
    ]),
    firmware: z.strictObject({ from: line.exactOptional(), to: line.exactOptional() }).exactOptional(),
    says: bothLanguages,
  }),
  /** where the facts come from: documents that anybody can look up */
  sources: z
    .array(
      z.strictObject({
        title: line,
        revision: z.string().max(80).exactOptional(),
        place: line,
        url: z.string().min(1).max(500).exactOptional(),
      }),
    )
    .min(1),
  /** what was taken from the sources, and under which terms this file may be used */
  provenance: z.strictObject({ licence: line, statement: z.string().min(1).max(500) }),
  /** as delivered; the person on site may have changed any of it */
  line: z
    .strictObject({
      baudRate: z.int().min(50).max(4_000_000).exactOptional(),
      parity: z.enum(["none", "even", "odd"]).exactOptional(),
      stopBits: z.union([z.literal(1), z.literal(2)]).exactOptional(),
      unit: z.int().min(1).max(247).exactOptional(),
    })
    .exactOptional(),
  limits: z.strictObject({
    maxRegisters: z.int().min(1).max(125),
    /** whether a read may run over registers that the profile does not name */
    gaps: z.enum(["allowed", "forbidden"]),
    forbidden: z.array(z.strictObject({ area, from: offset, to: offset })).exactOptional(),
    /** points that only answer a read of their own */
    readAlone: z.array(id).exactOptional(),
  }),
  /** what a person should know before relying on it */
  cautions: z.array(bothLanguages).exactOptional(),
  identify: z.array(identify),
  points: z.array(point).min(1).max(2000),
  /** words that must decode to a value; from the maker's document, or computed from the type's definition */
  golden: z
    .array(
      z.strictObject({
        point: id,
        words: z
          .array(z.string().regex(/^([0-9A-F]{4}|[01])$/))
          .min(1)
          .max(64),
        exponent: z.int().min(-10).max(10).exactOptional(),
        value: z.union([z.number(), z.string()]),
        from: z.enum(["vendor", "computed"]),
        place: line.exactOptional(),
      }),
    )
    .min(3),
});
