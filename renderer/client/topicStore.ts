/** A screen is told of changes at most this often, so 2,000 values a second do not shake it. */
const flushEveryMs = 100;

/** One topic's items by key, kept outside React. Readers subscribe to one key or to the whole. */
export interface TopicStore<T> {
  get(key: string): T | undefined;
  /** in order of arrival, or of `index` where items have one; the same array until something changes */
  items(): readonly T[];
  /** true once the first snapshot is here */
  ready(): boolean;
  /** told the keys that changed */
  subscribe(listener: (keys: readonly string[]) => void): () => void;
  subscribeKey(key: string, listener: () => void): () => void;
  snapshot(items: readonly T[]): void;
  change(set: readonly T[], remove: readonly string[]): void;
}

export function createTopicStore<T extends { readonly key: string }>(): TopicStore<T> {
  const items = new Map<string, T>();
  const shown = new Map<string, T>();
  const changed = new Set<string>();
  const whole = new Set<(keys: readonly string[]) => void>();
  const byKey = new Map<string, Set<() => void>>();
  let list: readonly T[] | undefined;
  let isReady = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let flushedAt = Number.NEGATIVE_INFINITY;

  function flush(): void {
    timer = undefined;
    flushedAt = performance.now();
    list = undefined;
    const keys = [...changed];
    changed.clear();
    for (const key of keys) {
      const item = items.get(key);
      if (item === undefined) shown.delete(key);
      else shown.set(key, item);
    }
    for (const key of keys) for (const listener of byKey.get(key) ?? []) listener();
    for (const listener of whole) listener(keys);
  }

  function soon(): void {
    timer ??= setTimeout(flush, Math.max(0, flushEveryMs - (performance.now() - flushedAt)));
  }

  function put(item: T): void {
    items.set(item.key, item);
    changed.add(item.key);
  }

  return {
    get: (key) => shown.get(key),
    items: () => (list ??= ordered([...shown.values()])),
    ready: () => isReady,
    subscribe(listener) {
      whole.add(listener);
      return () => whole.delete(listener);
    },
    subscribeKey(key, listener) {
      const listeners = byKey.get(key) ?? new Set();
      byKey.set(key, listeners.add(listener));
      return () => {
        listeners.delete(listener);
        if (listeners.size === 0 && byKey.get(key) === listeners) byKey.delete(key);
      };
    },
    snapshot(all) {
      const kept = new Set(all.map((item) => item.key));
      for (const key of items.keys()) if (!kept.has(key)) changed.add(key);
      items.clear();
      for (const item of all) put(item);
      // What the page opens with is shown at once; only later changes wait for their turn.
      if (!isReady) {
        isReady = true;
        clearTimeout(timer);
        flush();
      } else soon();
    },
    change(set, remove) {
      for (const item of set) put(item);
      for (const key of remove) {
        items.delete(key);
        changed.add(key);
      }
      soon();
    },
  };
}

function ordered<T>(items: T[]): readonly T[] {
  const first = items[0];
  if (typeof first !== "object" || first === null || !("index" in first)) return items;
  return (items as (T & { index: number })[]).sort((a, b) => a.index - b.index);
}
