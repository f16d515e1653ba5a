import type { WireView } from "#contract/views.ts";

/** The newest value of one tag of one topic. */
export interface NewestReading {
  readonly key: string;
  readonly topic: string;
  /** device and tag */
  readonly name: string;
  readonly text: string;
  readonly at: number | null;
  readonly format: NonNullable<WireView["decoded"]>["format"];
}

/** More than that nobody looks through in a page; the command line has them all. */
const shown = 200;

/** What was received since a moment, tag by tag in the order in which they were first heard. */
export function newestReadings(wire: readonly WireView[], since: number): readonly NewestReading[] {
  const rows = new Map<string, NewestReading>();
  for (const { medium, direction, at, line: topic, decoded } of wire) {
    if (medium !== "mqtt" || direction !== "received" || at < since || !decoded) continue;
    for (const reading of decoded.readings) {
      const name = reading.device === "" ? reading.tag : `${reading.device}/${reading.tag}`;
      const key = `${topic} ${name}`;
      if (rows.has(key) || rows.size < shown)
        rows.set(key, { key, topic, name, text: reading.text, at: reading.at, format: decoded.format });
    }
  }
  return [...rows.values()];
}
