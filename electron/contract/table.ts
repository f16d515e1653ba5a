/** Told of changes by key; reads the items when it is ready for them, so a burst costs one look. */
export interface TableListener {
  changed(key: string): void;
  removed(key: string): void;
}

/** A keyed, watchable collection behind a topic. The newest item of a key wins. */
export interface Table<T extends { readonly key: string }> {
  get(key: string): T | undefined;
  items(): readonly T[];
  set(item: T): void;
  remove(key: string): void;
  clear(): void;
  watch(listener: TableListener): () => void;
}

/** @param keep at most so many items; the oldest leave first */
export function createTable<T extends { readonly key: string }>(keep = Number.POSITIVE_INFINITY): Table<T> {
  const items = new Map<string, T>();
  const listeners = new Set<TableListener>();

  function remove(key: string): void {
    if (!items.delete(key)) return;
    for (const listener of listeners) listener.removed(key);
  }

  return {
    get: (key) => items.get(key),
    items: () => [...items.values()],
    set(item) {
      items.set(item.key, item);
      for (const listener of listeners) listener.changed(item.key);
      if (items.size > keep) remove(items.keys().next().value as string);
    },
    remove,
    clear() {
      for (const key of [...items.keys()]) remove(key);
    },
    watch(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
