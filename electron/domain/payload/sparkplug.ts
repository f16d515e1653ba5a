import { gunzipSync, inflateSync } from "fflate";
import { type Phrase, phrase } from "#domain/phrase.ts";
import { type Field, fieldsOf, integerOf, textOf } from "./protobuf.ts";
import { mostReadings, type PayloadReading } from "./reading.ts";
import type { SparkplugTopic } from "./sparkplugTopic.ts";
import { sparkplugValue } from "./sparkplugTypes.ts";

interface Metric {
  readonly name: string;
  readonly datatype: number;
}

/** What an edge node's births told: names behind aliases, and the sequence number that comes next. */
interface Node {
  readonly aliases: Map<bigint, Metric>;
  next: number;
}

/** Reads Sparkplug B messages of one session; it remembers births, as data after them speaks in aliases. */
export interface SparkplugReader {
  read(
    topic: string,
    place: SparkplugTopic,
    bytes: Uint8Array,
  ): { readonly readings: readonly PayloadReading[]; readonly notes: readonly Phrase[] } | undefined;
}

/**
 * A payload holds its time 1, metrics 2, sequence number 3, uuid 4 and body 5; a metric its name 1, alias 2, time 3,
 * type 4, "is null" 7 and value from 10 on.
 *
 * @see Sparkplug 3.0.0, 6.4 (payloads), 6.4.5 (sequence) and 6.4.6 (metrics); field numbers: sparkplug_b.proto
 */
export function sparkplugReader(): SparkplugReader {
  const nodes = new Map<string, Node>();

  function follow(place: SparkplugTopic, seq: number | undefined): readonly Phrase[] {
    const { kind, node: name } = place;
    if (kind === "NDEATH") {
      nodes.delete(name);
      return [phrase("sparkplug.dead", { node: name })];
    }
    if (kind === "NCMD" || kind === "DCMD") return [];
    if (kind === "NBIRTH") {
      nodes.set(name, { aliases: new Map(), next: ((seq ?? 0) + 1) % 256 });
      return [];
    }
    const node = nodes.get(name);
    if (node === undefined) return [phrase("sparkplug.noBirth", { node: name })];
    const expected = node.next;
    node.next = ((seq ?? expected) + 1) % 256;
    const notes = kind === "DDEATH" ? [phrase("sparkplug.dead", { node: place.device })] : [];
    if (seq === undefined || seq === expected) return notes;
    return [...notes, phrase("sparkplug.seqGap", { node: name, expected, seen: seq })];
  }

  return {
    read(topic, place, bytes) {
      const payload = fieldsOf(unpacked(bytes) ?? bytes);
      if (payload === undefined) return undefined;
      const seq = numberIn(payload, 3);
      const notes = [...follow(place, seq)];
      const time = numberIn(payload, 1) ?? null;
      const node = nodes.get(place.node);
      const isBirth = place.kind === "NBIRTH" || place.kind === "DBIRTH";
      const readings: PayloadReading[] = [];
      for (const item of payload) {
        if (item.number !== 2 || readings.length >= mostReadings) continue;
        const metric = item.kind === "bytes" ? fieldsOf(item.bytes) : undefined;
        if (metric === undefined) return undefined;
        const alias = integerOf(
          metric.find((field) => field.number === 2),
          false,
        );
        const known = alias === undefined ? undefined : node?.aliases.get(alias);
        const name = textOf(metric.find((field) => field.number === 1)) ?? known?.name;
        const datatype = numberIn(metric, 4) ?? known?.datatype ?? 0;
        if (name === undefined && alias === undefined) return undefined;
        if (isBirth && alias !== undefined && name !== undefined)
          node?.aliases.set(alias, { name, datatype });
        if (name === undefined)
          notes.push(phrase("sparkplug.aliasUnknown", { node: place.node, alias: `${alias}` }));
        const at = numberIn(metric, 3) ?? time;
        const device = place.device;
        for (const [path, value] of valuesIn(name ?? `#${alias}`, metric, datatype, 0))
          readings.push({ topic, device, tag: path, value, at });
      }
      return { readings, notes };
    },
  };
}

type Named = readonly [name: string, value: NonNullable<PayloadReading["value"]> | null];
const deepest = 8;

/** A metric's value under its name; a template's metrics and a data set's cells each under a name of their own. */
function valuesIn(name: string, metric: readonly Field[], datatype: number, depth: number): readonly Named[] {
  if ((numberIn(metric, 7) ?? 0) !== 0) return [[name, null]];
  const inner = metric.findLast((field) => field.number === 17 || field.number === 18);
  const parts = inner?.kind === "bytes" && depth < deepest ? fieldsOf(inner.bytes) : undefined;
  if (parts !== undefined) return inner?.number === 17 ? cellsOf(name, parts) : metricsOf(name, parts, depth);
  const value = sparkplugValue(metric, 10, datatype);
  return value === undefined ? [] : [[name, value]];
}

/** A template: its metrics are field 2. */
function metricsOf(name: string, template: readonly Field[], depth: number): readonly Named[] {
  return template.flatMap((field) => {
    const metric = field.number === 2 && field.kind === "bytes" ? fieldsOf(field.bytes) : undefined;
    const inner = metric?.find((one) => one.number === 1);
    if (metric === undefined) return [];
    return valuesIn(`${name}/${textOf(inner) ?? "?"}`, metric, numberIn(metric, 4) ?? 0, depth + 1);
  });
}

/** A data set: column names 2, their types 3 (packed or not), rows 4 with their cells in 1. */
function cellsOf(name: string, set: readonly Field[]): readonly Named[] {
  const columns = set.filter((field) => field.number === 2).map((field) => textOf(field) ?? "?");
  const types = set
    .filter((field) => field.number === 3)
    .flatMap((field) => (field.kind === "varint" ? [Number(field.value)] : packed(field)));
  const rows = set.filter((field) => field.number === 4);
  return rows.flatMap((row, index) =>
    (row.kind === "bytes" ? (fieldsOf(row.bytes) ?? []) : []).flatMap((cell, column) => {
      const fields = cell.number === 1 && cell.kind === "bytes" ? fieldsOf(cell.bytes) : undefined;
      const value = fields && sparkplugValue(fields, 1, types[column] ?? 0);
      return value === undefined ? [] : [[`${name}[${index}].${columns[column] ?? column}`, value] as const];
    }),
  );
}

function packed(field: Field): readonly number[] {
  return field.kind === "bytes" ? [...field.bytes] : [];
}

function numberIn(fields: readonly Field[], number: number): number | undefined {
  const value = integerOf(
    fields.find((field) => field.number === number),
    false,
  );
  return value === undefined ? undefined : Number(value);
}

/** The payload inside a packed one (uuid SPBV1.0_COMPRESSED); undefined where it is not packed, or not well. */
function unpacked(bytes: Uint8Array): Uint8Array | undefined {
  const fields = fieldsOf(bytes);
  const body = fields?.find((field) => field.number === 5);
  if (body?.kind !== "bytes" || textOf(fields?.find((field) => field.number === 4)) !== "SPBV1.0_COMPRESSED")
    return undefined;
  try {
    const isGzip = body.bytes[0] === 0x1f && body.bytes[1] === 0x8b;
    return isGzip ? gunzipSync(body.bytes) : inflateSync(body.bytes.subarray(body.bytes[0] === 0x78 ? 2 : 0));
  } catch {
    // The library throws on bytes that are not packed well; then there is nothing inside.
    return undefined;
  }
}
