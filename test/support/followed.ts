import type { Client } from "#contract/client.ts";
import type { TopicItem, TopicName } from "#contract/contract.ts";

/** What a watcher of a topic has been told so far. */
export interface Followed<T> {
  readonly items: Map<string, T>;
  snapshots: number;
  changes: number;
  stop(): void;
}

export function follow<N extends TopicName>(client: Client, topic: N): Followed<TopicItem<N>> {
  const items = new Map<string, TopicItem<N>>();
  const followed: Followed<TopicItem<N>> = { items, snapshots: 0, changes: 0, stop: () => {} };
  followed.stop = client.watch(topic, {
    snapshot(given) {
      followed.snapshots += 1;
      items.clear();
      for (const item of given) items.set(item.key, item);
    },
    change(set, remove) {
      followed.changes += 1;
      for (const key of remove) items.delete(key);
      for (const item of set) items.set(item.key, item);
    },
  });
  return followed;
}
