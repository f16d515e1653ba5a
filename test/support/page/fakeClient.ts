import { CallFailed, type Client } from "#contract/client.ts";
import type { CallName, TopicItem, TopicName } from "#contract/contract.ts";
import { createTable, type Table } from "#contract/table.ts";
import type { FailureView } from "#contract/views.ts";

/** What a page is shown at first, and what calls answer. */
export interface Scene {
  readonly topics: { readonly [N in TopicName]?: readonly TopicItem<N>[] };
  readonly answers?: { readonly [N in CallName]?: unknown };
  readonly failures?: { readonly [N in CallName]?: readonly FailureView[] };
  /** the workbench never answers */
  readonly silent?: boolean;
}

/** What a test may do from outside: look at calls, change items, lose the connection. */
export interface FixtureControl {
  readonly calls: { name: string; input: unknown }[];
  set(topic: TopicName, item: { key: string }): void;
  remove(topic: TopicName, key: string): void;
  lose(): void;
  open(client: Client): () => Promise<Client>;
}

/** A client without a pipe: tables for topics, fixed answers for calls. */
export function fakeClient(scene: Scene): { readonly client: Client; readonly control: FixtureControl } {
  const tables = new Map<string, Table<{ readonly key: string }>>();
  const calls: { name: string; input: unknown }[] = [];
  let closeListeners: ((why: FailureView) => void)[] = [];
  let isLost = false;

  function tableOf(topic: string): Table<{ readonly key: string }> {
    const table =
      tables.get(topic) ?? createTable<{ readonly key: string }>(topic === "wire" ? 2000 : undefined);
    tables.set(topic, table);
    return table;
  }
  for (const [topic, items] of Object.entries(scene.topics))
    for (const item of items) tableOf(topic).set(item);

  const client: Client = {
    ready: Promise.resolve(),
    call(name, input) {
      calls.push({ name, input });
      const failures = scene.failures?.[name];
      if (failures) return Promise.reject(new CallFailed(failures));
      return Promise.resolve((scene.answers?.[name] ?? {}) as never);
    },
    watch(topic, watcher) {
      const table = tableOf(topic);
      watcher.snapshot(table.items() as never);
      return table.watch({
        changed: (key) => watcher.change([table.get(key)] as never, []),
        removed: (key) => watcher.change([], [key]),
      });
    },
    onClose(listener) {
      closeListeners.push(listener);
    },
    close: () => {},
  };

  const control: FixtureControl = {
    calls,
    set: (topic, item) => tableOf(topic).set(item),
    remove: (topic, key) => tableOf(topic).remove(key),
    lose() {
      isLost = true;
      const listeners = closeListeners;
      closeListeners = [];
      for (const listener of listeners) listener({ kind: "fault", code: "pipe.closed", facts: {} });
    },
    open: (made) => () =>
      scene.silent
        ? new Promise(() => {})
        : isLost
          ? Promise.reject(new Error("lost"))
          : Promise.resolve(made),
  };
  return { client, control };
}
