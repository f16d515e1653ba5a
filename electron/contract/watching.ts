import type { Table } from "./table.ts";
import type { Pipe, ToClient } from "./wire.ts";

/** At most five flushes a second, and none while the peer has more than this still to take. */
const flushEveryMs = 200;
const slowPeerBytes = 1_048_576;
/** An imported table changes tens of thousands of items: they leave in portions, and other work comes between. */
const itemsAPortion = 2_000;
const nextPortionMs = 5;

/**
 * Sends a table's snapshot and then its changes: the first at once, later ones gathered, so that a key that changed
 * a hundred times crosses once, with its newest item.
 *
 * @param after calls back once after so many ms; returns what cancels it
 * @param nextSeq rises by one a message
 * @returns what stops it
 */
export function watchTable(
  topic: string,
  table: Table<{ readonly key: string }>,
  pipe: Pipe,
  after: (ms: number, call: () => void) => () => void,
  nextSeq: () => number,
): () => void {
  const changed = new Set<string>();
  const removed = new Set<string>();
  let waiting = false;
  let stopped = false;
  let cancel: (() => void) | undefined;

  const send = (message: ToClient) => pipe.send(JSON.stringify(message));

  function pause(ms: number): void {
    waiting = true;
    cancel = after(ms, () => {
      waiting = false;
      if (changed.size + removed.size > 0) flush();
    });
  }

  /** The keys that have waited longest, taken out. */
  function portion(keys: Set<string>): readonly string[] {
    const taken: string[] = [];
    for (const key of keys) {
      if (taken.length >= itemsAPortion) break;
      taken.push(key);
      keys.delete(key);
    }
    return taken;
  }

  function flush(): void {
    if (stopped) return;
    const isReady = pipe.pendingBytes() <= slowPeerBytes;
    if (isReady) {
      const remove = portion(removed);
      // Nothing comes before what must be removed first.
      const keys = removed.size === 0 ? portion(changed) : [];
      const set = keys.map((key) => table.get(key)).filter((item) => item !== undefined);
      send({ t: "change", topic, seq: nextSeq(), set, remove: [...remove] });
    }
    pause(isReady && changed.size + removed.size > 0 ? nextPortionMs : flushEveryMs);
  }

  function touched(): void {
    if (waiting) return;
    waiting = true;
    // One edit may touch thousands of items; they leave together when it is through.
    void Promise.resolve().then(flush);
  }

  send({ t: "snapshot", topic, seq: nextSeq(), items: [...table.items()] });
  const unwatch = table.watch({
    changed(key) {
      changed.add(key);
      touched();
    },
    removed(key) {
      // A key set again after this is removed first at the client too, so both keep the same order.
      changed.delete(key);
      removed.add(key);
      touched();
    },
  });
  return () => {
    stopped = true;
    cancel?.();
    unwatch();
  };
}
