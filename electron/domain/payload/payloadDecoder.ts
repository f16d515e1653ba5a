import { parseExactJson } from "#domain/gateway/exactJson.ts";
import type { Problem } from "#domain/problem.ts";
import { ok, type Result, refused } from "#domain/result.ts";
import { utf8Text } from "#domain/utf8.ts";
import { readCbor } from "./cbor.ts";
import { readCustom } from "./customFormat.ts";
import { parsePath, valuesAt } from "./jsonPath.ts";
import { leavesOf, type Tree, treeReadings } from "./leaves.ts";
import { readNeuronJson } from "./neuronJson.ts";
import { readNeuronProtobuf } from "./neuronProtobuf.ts";
import type { DecodedPayload, PayloadFormat, PayloadReading } from "./reading.ts";
import { sparkplugReader } from "./sparkplug.ts";
import { sparkplugTopic } from "./sparkplugTopic.ts";

/** How payloads are to be read. Nothing given: each message by what it looks like. */
export interface PayloadChoice {
  readonly format?: PayloadFormat;
  /** Neuron's custom format: the JSON text that the MQTT node was given as its schema */
  readonly schema?: string;
  /** places in JSON and CBOR that are wanted; none given: every value */
  readonly paths?: readonly string[];
}

/** Problems: payload.unreadable. Sparkplug's births are remembered from one message to the next. */
export type PayloadDecoder = (topic: string, bytes: Uint8Array) => Result<DecodedPayload, Problem>;

/**
 * Makes a reader of the messages of one session.
 *
 * @returns payload.pathInvalid, or file.notJson for the schema, before any message is read
 */
export function payloadDecoder(choice: PayloadChoice = {}): Result<PayloadDecoder, Problem> {
  const paths = (choice.paths ?? []).map(parsePath);
  for (const path of paths) if (!path.ok) return path;
  const schema = choice.schema === undefined ? undefined : parseExactJson(choice.schema);
  if (schema?.ok === false) return schema;
  const sparkplug = sparkplugReader();

  function pick(topic: string, tree: Tree): readonly PayloadReading[] {
    const leaves =
      paths.length === 0
        ? leavesOf(tree)
        : paths.flatMap((path) => (path.ok ? valuesAt(tree, path.value) : []));
    return treeReadings(topic, tree, leaves);
  }

  function fromText(topic: string, bytes: Uint8Array, wanted: PayloadFormat | undefined) {
    const written = utf8Text(bytes);
    const json = written === undefined ? undefined : parseExactJson(written);
    if (!json?.ok) return undefined;
    if (wanted === "json") return plainly("json", pick(topic, json.value as Tree));
    const neuron = readNeuronJson(topic, json.value);
    if (neuron && (wanted === undefined || wanted === neuron.format))
      return plainly(neuron.format, neuron.readings);
    if (schema?.ok && (wanted === undefined || wanted === "custom")) {
      const readings = readCustom(topic, json.value, schema.value);
      if (readings) return plainly("custom", readings);
    }
    return wanted === undefined ? plainly("json", pick(topic, json.value as Tree)) : undefined;
  }

  function fromBytes(topic: string, bytes: Uint8Array, wanted: PayloadFormat | undefined) {
    const place = sparkplugTopic(topic);
    if (place && (wanted === undefined || wanted === "sparkplug")) {
      const read = sparkplug.read(topic, place, bytes);
      if (read) return { format: "sparkplug" as const, ...read };
    }
    if (wanted === undefined || wanted === "protobuf") {
      const readings = readNeuronProtobuf(topic, bytes);
      if (readings) return plainly("protobuf", readings);
    }
    if (wanted !== undefined && wanted !== "cbor") return undefined;
    const tree = readCbor(bytes);
    // Nearly any byte is a CBOR number; where nobody asked for it only a whole document is taken for one.
    const isDocument = wanted === "cbor" || (typeof tree === "object" && tree !== null);
    return tree !== undefined && isDocument ? plainly("cbor", pick(topic, tree)) : undefined;
  }

  return ok((topic, bytes) => {
    const { format } = choice;
    const isBinary = format === "sparkplug" || format === "protobuf" || format === "cbor";
    const decoded =
      (isBinary ? undefined : fromText(topic, bytes, format)) ??
      (isBinary || format === undefined ? fromBytes(topic, bytes, format) : undefined);
    return decoded
      ? ok(decoded)
      : refused({ code: "payload.unreadable", format: format ?? "any", bytes: bytes.length });
  });
}

function plainly(format: PayloadFormat, readings: readonly PayloadReading[]): DecodedPayload {
  return { format, readings, notes: [] };
}
