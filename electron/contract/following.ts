import { type TopicName, topics } from "./contract.ts";
import type { ToClient, ToServer } from "./wire.ts";

export interface Watcher<T> {
  /** everything there is */
  snapshot(items: readonly T[]): void;
  /** `remove` comes before `set`: a key in both was removed and then made anew */
  change(set: readonly T[], remove: readonly string[]): void;
}

type Item = { readonly key: string };

interface Subscription {
  readonly watchers: Set<Watcher<Item>>;
  items: Map<string, Item> | undefined;
  seq: number;
}

/** The client's half of watching: one subscription a topic, however many watch it. */
export interface Following {
  watch(topic: TopicName, watcher: Watcher<Item>): () => void;
  take(message: Extract<ToClient, { t: "snapshot" | "change" }>): void;
}

/**
 * @param send passes a message on once the pipe is ready for it
 * @param checkItems checks each item against its topic; a misfit is thrown
 */
export function createFollowing(send: (message: ToServer) => void, checkItems: boolean): Following {
  const subscriptions = new Map<string, Subscription>();

  function subscribe(topic: string): Subscription {
    const subscription: Subscription = { watchers: new Set(), items: undefined, seq: 0 };
    subscriptions.set(topic, subscription);
    send({ t: "watch", topic });
    return subscription;
  }

  return {
    watch(topic, watcher) {
      const subscription = subscriptions.get(topic) ?? subscribe(topic);
      const { watchers, items } = subscription;
      watchers.add(watcher);
      if (items !== undefined) watcher.snapshot([...items.values()]);
      return () => {
        if (!watchers.delete(watcher) || watchers.size > 0) return;
        subscriptions.delete(topic);
        send({ t: "unwatch", topic });
      };
    },
    take(message) {
      const subscription = subscriptions.get(message.topic);
      if (subscription === undefined) return;
      const came = (message.t === "snapshot" ? message.items : message.set) as readonly Item[];
      if (checkItems) for (const item of came) topics[message.topic as TopicName].parse(item);
      if (message.t === "snapshot") {
        subscription.items = new Map(came.map((item) => [item.key, item]));
        subscription.seq = message.seq;
        for (const watcher of [...subscription.watchers]) watcher.snapshot(came);
        return;
      }
      const { items } = subscription;
      // What an earlier subscription still had under way is older than the snapshot to come.
      if (items === undefined || message.seq <= subscription.seq) return;
      subscription.seq = message.seq;
      for (const key of message.remove) items.delete(key);
      for (const item of came) items.set(item.key, item);
      for (const watcher of [...subscription.watchers]) watcher.change(came, message.remove);
    },
  };
}
