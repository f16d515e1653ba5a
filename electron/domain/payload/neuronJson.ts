import type { ExactJson } from "#domain/gateway/exactJson.ts";
import { mostReadings, type PayloadReading, type PayloadValue } from "./reading.ts";

type Members = { readonly [name: string]: ExactJson };

/** A message in one of Neuron's own JSON formats. */
export interface NeuronMessage {
  readonly format: "values" | "tags" | "ecp";
  readonly readings: readonly PayloadReading[];
}

/**
 * Reads Neuron's formats 0 (values), 1 (tags) and 2 (ECP, known by the type number of every tag).
 *
 * A tag that is infinite on the device has neither value nor error in Neuron and is left out.
 *
 * @returns undefined where the document is none of them
 */
export function readNeuronJson(topic: string, json: ExactJson): NeuronMessage | undefined {
  const { node, group, timestamp, values, tags, errors } = membersOf(json) ?? {};
  if (typeof node !== "string" || typeof group !== "string" || typeof timestamp !== "number")
    return undefined;
  const place = { topic, device: `${node}/${group}`, at: timestamp };
  const held = membersOf(values);
  if (held !== undefined) {
    const readings = [...valuesIn(held), ...errorsIn(membersOf(errors) ?? {})];
    return {
      format: "values",
      readings: readings.slice(0, mostReadings).map((one) => ({ ...place, ...one })),
    };
  }
  if (!Array.isArray(tags)) return undefined;
  const items = (tags as readonly ExactJson[]).slice(0, mostReadings).map(membersOf);
  const isEcp = items.length > 0 && items.every((item) => typeof item?.type === "number");
  return {
    format: isEcp ? "ecp" : "tags",
    readings: items.flatMap((item) => tagIn(item).map((one) => ({ ...place, ...one }))),
  };
}

export type Named =
  | { readonly tag: string; readonly value: PayloadValue }
  | { readonly tag: string; readonly error: number };

/** `{ name: value }` as tags. */
export function valuesIn(values: Members): readonly Named[] {
  return Object.entries(values).flatMap(([tag, given]) => {
    const value = plainValue(given);
    return value === undefined ? [] : [{ tag, value }];
  });
}

/** `{ name: error number }` as tags. */
export function errorsIn(errors: Members): readonly Named[] {
  return Object.entries(errors).flatMap(([tag, error]) =>
    typeof error === "number" ? [{ tag, error }] : [],
  );
}

/** `{ name, value }` or `{ name, error }` as a tag; none where it is neither. */
export function tagIn(item: Members | undefined): readonly Named[] {
  const { name, value: given, error } = item ?? {};
  if (typeof name !== "string") return [];
  if (typeof error === "number" && error !== 0) return [{ tag: name, error }];
  const value = plainValue(given);
  return value === undefined ? [] : [{ tag: name, value }];
}

export function plainValue(given: ExactJson | undefined): PayloadValue | undefined {
  if (Array.isArray(given)) return given.every((item) => typeof item === "number") ? given : undefined;
  return typeof given === "object" && given !== null ? undefined : (given as PayloadValue | undefined);
}

export function membersOf(value: ExactJson | undefined): Members | undefined {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return undefined;
  return value as Members;
}
