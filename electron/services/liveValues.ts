import { faultView } from "#contract/failure.ts";
import type { Site } from "#domain/site/site.ts";
import { formatValue } from "#domain/tag/format.ts";
import type { Tag, Value, Words } from "#domain/tag/tag.ts";
import { isBitArea } from "#domain/tag/width.ts";
import type { LineDesk } from "./lineDesk.ts";
import type { Tables } from "./tables.ts";
import { readLine, type WireReading } from "./wireReader.ts";
import type { World } from "./world.ts";

/** The live values of the Tags step: read while somebody wants them. */
export interface LiveValues {
  start(): void;
  stop(): Promise<void>;
}

const cycleMs = 1000;

export function liveValues(world: World, tables: Tables, lines: LineDesk, site: () => Site): LiveValues {
  let controller: AbortController | undefined;
  let running: Promise<unknown> = Promise.resolve();

  function show(reading: WireReading): void {
    const { key, at } = reading;
    if ("fault" in reading) {
      const last = tables.live.get(key);
      const before = last ?? { text: "", number: null, words: "" };
      tables.live.set({ ...before, key, at, quality: "bad", failure: faultView(reading.fault) });
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

  function setReading(reading: boolean): void {
    const session = tables.session.get("session");
    if (session) tables.session.set({ ...session, reading });
  }

  return {
    start() {
      if (controller) return;
      const { signal } = (controller = new AbortController());
      const { lines: all, tags } = site();
      const loops = all.map(async (line) => {
        const own = tags.filter((tag) => tag.line === line.id);
        if (own.length === 0) return;
        const world_ = {
          traffic: lines.traffic(line.id),
          clock: world.clock,
          priority: "poll",
          cycleMs,
        } as const;
        await readLine(line, own, { ...world_, onReading: show }, signal);
      });
      setReading(true);
      // A cancelled loop rejects with our own reason; anything else is a bug and must be seen.
      running = Promise.all(
        loops.map((loop) => loop.catch((error) => signal.aborted || Promise.reject(error))),
      );
      running.catch(() => setReading(false));
    },
    async stop() {
      controller?.abort(new Error("stopped"));
      controller = undefined;
      setReading(false);
      await running.catch(() => undefined);
    },
  };
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
