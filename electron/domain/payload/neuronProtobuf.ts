import { type Field, fieldsOf, integerOf, plainInteger, realOf, textOf } from "./protobuf.ts";
import { mostReadings, type PayloadReading, type PayloadValue } from "./reading.ts";

/**
 * Reads a message of Neuron's format 4. Field numbers are those of the data report: node 1, group 2, timestamp 3,
 * tags 4; of each tag name 1, value 2 (integer 1, float 2, text 3, boolean 4), error 3, its own time 5.
 *
 * @returns undefined where the bytes are no such report
 * @see emqx/neuron, plugins/mqtt/ptformat.proto
 */
export function readNeuronProtobuf(topic: string, bytes: Uint8Array): readonly PayloadReading[] | undefined {
  const report = fieldsOf(bytes);
  if (report === undefined) return undefined;
  const node = textOf(report.find((field) => field.number === 1));
  const group = textOf(report.find((field) => field.number === 2));
  const time = integerOf(
    report.find((field) => field.number === 3),
    true,
  );
  if (node === undefined || group === undefined || time === undefined) return undefined;
  const readings: PayloadReading[] = [];
  for (const item of report) {
    if (item.number !== 4) continue;
    const tag = tagOf(item);
    if (tag === undefined || readings.length >= mostReadings) return undefined;
    const { own, ...reading } = tag;
    readings.push({ topic, device: `${node}/${group}`, at: Number(own ?? time), ...reading });
  }
  return readings;
}

function tagOf(item: Field) {
  const fields = item.kind === "bytes" ? fieldsOf(item.bytes) : undefined;
  const tag = textOf(fields?.find((field) => field.number === 1));
  if (fields === undefined || tag === undefined) return undefined;
  // Of a choice the last one counts.
  const held = fields.findLast((field) => field.number === 2 || field.number === 3);
  const own = integerOf(
    fields.find((field) => field.number === 5),
    true,
  );
  if (held?.number === 3) return { tag, own, error: Number(integerOf(held, true) ?? 0n) };
  const value = held?.kind === "bytes" ? itemValue(held.bytes) : undefined;
  return value === undefined ? undefined : { tag, own, value };
}

function itemValue(bytes: Uint8Array): PayloadValue | undefined {
  const field = fieldsOf(bytes)?.at(-1);
  if (field?.number === 1) {
    const whole = integerOf(field, true);
    return whole === undefined ? undefined : plainInteger(whole);
  }
  if (field?.number === 2) return realOf(field);
  if (field?.number === 3) return textOf(field);
  const truth = field?.number === 4 ? integerOf(field, false) : undefined;
  return truth === undefined ? undefined : truth !== 0n;
}
