import { failuresOf, faultView } from "#contract/failure.ts";
import type { FailureView } from "#contract/views.ts";
import type { Line, Site } from "#domain/site/site.ts";
import { formatValue } from "#domain/tag/format.ts";
import { type Tag, tagKey, type Value, type Words } from "#domain/tag/tag.ts";
import { isBitArea } from "#domain/tag/width.ts";
import type { LineDesk } from "./lineDesk.ts";
import type { Tables } from "./tables.ts";
import { readLine, type WireReading } from "./wireReader.ts";
import type { World } from "./world.ts";

/** The live values of the Tags step: read while somebody wants them. */
export interface LiveValues {
  start(): void;
  stop(): Promise<void>;
  /** lines and tags that changed are read as they are now */
  follow(site: Site): void;
}

const cycleMs = 1000;

/** What reads one line. */
interface Reader {
  readonly line: Line;
  readonly tags: readonly Tag[];
  readonly controller: AbortController;
}

/** Puts a reading into the `live` table, whoever read it. */
export function showReading(tables: Tables, reading: WireReading): void {
  const { key, at } = reading;
  if ("fault" in reading) {
    showBad(tables, key, at, faultView(reading.fault));
    return;
  }
  const { tag, value, words } = reading;
  tables.live.set({
    key,
    text: formatValue(value, tag),
    number: numberOf(value),
    words: wordsText(words, tag),
    at,
    quality: "good",
    failure: null,
  });
}

function showBad(tables: Tables, key: string, at: number, failure: FailureView | null): void {
  const before = tables.live.get(key) ?? { text: "", number: null, words: "" };
  tables.live.set({ ...before, key, at, quality: "bad", failure });
}

export function liveValues(world: World, tables: Tables, lines: LineDesk, site: () => Site): LiveValues {
  const readers = new Map<string, Reader>();
  const running = new Set<Promise<void>>();
  let isReading = false;

  function setReading(next: boolean): void {
    isReading = next;
    const session = tables.session.get("session");
    if (session) tables.session.set({ ...session, reading: next });
  }

  async function run({ line, tags, controller }: Reader): Promise<void> {
    const { signal } = controller;
    try {
      const traffic = lines.traffic(line.id);
      const onReading = (reading: WireReading) => {
        if (!signal.aborted) showReading(tables, reading);
      };
      await readLine(
        line,
        tags,
        { traffic, clock: world.clock, priority: "poll", cycleMs, onReading },
        signal,
      );
    } catch (error) {
      if (signal.aborted) return;
      // A line without a port keeps its own tags from being read, not those of the others.
      for (const tag of tags) showBad(tables, tagKey(tag), world.clock.now(), failuresOf(error)[0] ?? null);
    }
  }

  function begin(reader: Reader): void {
    readers.set(reader.line.id, reader);
    const ended: Promise<void> = run(reader).finally(() => running.delete(ended));
    running.add(ended);
  }

  function end(reader: Reader): void {
    readers.delete(reader.line.id);
    reader.controller.abort(new Error("stopped"));
  }

  function follow({ lines: all, tags }: Site): void {
    if (!isReading) return;
    const wanted = new Map(
      all.map((line) => [line.id, { line, tags: tags.filter((tag) => tag.line === line.id) }]),
    );
    for (const reader of [...readers.values()]) {
      const next = wanted.get(reader.line.id);
      if (next && next.line === reader.line && isSame(next.tags, reader.tags)) wanted.delete(reader.line.id);
      else end(reader);
    }
    for (const next of wanted.values()) {
      if (next.tags.length > 0) begin({ ...next, controller: new AbortController() });
    }
    const kept = new Set(tags.map(tagKey));
    for (const { key } of tables.live.items()) if (!kept.has(key)) tables.live.remove(key);
  }

  return {
    start() {
      if (isReading) return;
      setReading(true);
      follow(site());
    },
    async stop() {
      setReading(false);
      for (const reader of [...readers.values()]) end(reader);
      await Promise.all(running);
    },
    follow,
  };
}

function isSame(a: readonly Tag[], b: readonly Tag[]): boolean {
  return a.length === b.length && a.every((tag, index) => tag === b[index]);
}

/** A value as a number for pictures; null for text, bytes and what is beyond a double. */
export function numberOf(value: Value): number | null {
  if (typeof value === "bigint") return Number(value);
  return typeof value === "number" && Number.isFinite(value) ? value : null;
}

/** Words as people compare them with a manual: `428E 999A`; bits as 0 and 1. */
export function wordsText(words: Words, tag: Pick<Tag, "address">): string {
  if (isBitArea(tag.address.area)) return words.join(" ");
  return words.map((word) => word.toString(16).padStart(4, "0").toUpperCase()).join(" ");
}
