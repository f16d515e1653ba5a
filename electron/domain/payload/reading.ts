import type { Phrase } from "#domain/phrase.ts";
import type { Value } from "#domain/tag/tag.ts";

/** What a payload can hold for one tag: a tag's value, or what only other publishers send. */
export type PayloadValue = Value | boolean | null;

/** One tag in one message. Either `value` or `error` is there. */
export interface PayloadReading {
  readonly topic: string;
  /** who the message is of: Neuron's node and group, Sparkplug's edge node and device; empty where it does not say */
  readonly device: string;
  readonly tag: string;
  readonly value?: PayloadValue;
  /** the gateway's error number instead of a value */
  readonly error?: number;
  /** the time that the message itself gives this value, ms since 1970; null: none */
  readonly at: number | null;
}

/** How a payload was read. */
export const payloadFormats = [
  "values",
  "tags",
  "ecp",
  "custom",
  "protobuf",
  "sparkplug",
  "json",
  "cbor",
] as const;
export type PayloadFormat = (typeof payloadFormats)[number];

export interface DecodedPayload {
  readonly format: PayloadFormat;
  readonly readings: readonly PayloadReading[];
  /** what is worth knowing beside the values, such as a gap in Sparkplug's sequence */
  readonly notes: readonly Phrase[];
}

/** Readings kept of one message; nobody looks through more, and a hostile one would fill the memory. */
export const mostReadings = 20_000;
