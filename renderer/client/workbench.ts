import { CallFailed, type Client } from "#contract/client.ts";
import type { CallInput, CallName, CallOutput, TopicItem, TopicName } from "#contract/contract.ts";
import type { FailureView } from "#contract/views.ts";
import { createTopicStore, type TopicStore } from "./topicStore.ts";

export type Connection = "connecting" | "open" | "lost" | "outdated";

/**
 * The page's side of the conversation: one store a topic, calls, and the state of the connection. When the pipe
 * goes, it connects again and follows the same topics; the work itself goes on at the other end.
 */
export interface Workbench {
  store<N extends TopicName>(topic: N): TopicStore<TopicItem<N>>;
  /** follows the topic while anybody looks */
  follow(topic: TopicName): () => void;
  /** rejects with CallFailed */
  call<N extends CallName>(name: N, input: CallInput<N>, signal?: AbortSignal): Promise<CallOutput<N>>;
  connection(): Connection;
  onConnection(listener: () => void): () => void;
}

/** A topic that nobody looks at is left after this long, so that moving between steps does not reload it. */
const lingerMs = 5000;
const retryMs = [250, 500, 1000, 2000, 4000];

export function createWorkbench(open: () => Promise<Client>): Workbench {
  const stores = new Map<TopicName, TopicStore<{ readonly key: string }>>();
  const looking = new Map<TopicName, number>();
  const unwatch = new Map<TopicName, () => void>();
  const listeners = new Set<() => void>();
  const waiting: ((client: Client) => void)[] = [];
  let client: Client | undefined;
  let state: Connection = "connecting";

  function say(next: Connection): void {
    state = next;
    for (const listener of listeners) listener();
  }

  function storeOf(topic: TopicName): TopicStore<{ readonly key: string }> {
    const known = stores.get(topic);
    if (known) return known;
    const made = createTopicStore<{ readonly key: string }>();
    stores.set(topic, made);
    return made;
  }

  function watch(topic: TopicName): void {
    if (!client || unwatch.has(topic)) return;
    const store = storeOf(topic);
    const stop = client.watch(topic, {
      snapshot: (items) => store.snapshot(items),
      change: (set, remove) => store.change(set, remove),
    });
    unwatch.set(topic, stop);
  }

  async function keepOpen(): Promise<void> {
    for (let attempt = 0; ; attempt++) {
      try {
        const next = await open();
        await next.ready;
        attempt = 0;
        client = next;
        for (const topic of looking.keys()) watch(topic);
        for (const take of waiting.splice(0)) take(next);
        say("open");
        await new Promise<void>((resolve) => next.onClose(() => resolve()));
      } catch (error) {
        if (failuresIn(error).some((failure) => failure.code === "pipe.outdated")) {
          say("outdated");
          return;
        }
      }
      client = undefined;
      unwatch.clear();
      say("lost");
      await new Promise((wake) => setTimeout(wake, retryMs[Math.min(attempt, retryMs.length - 1)]));
    }
  }

  void keepOpen();

  return {
    store: (topic) => storeOf(topic) as unknown as TopicStore<TopicItem<typeof topic>>,
    follow(topic) {
      looking.set(topic, (looking.get(topic) ?? 0) + 1);
      watch(topic);
      return () => {
        setTimeout(() => {
          const left = (looking.get(topic) ?? 1) - 1;
          if (left > 0) {
            looking.set(topic, left);
            return;
          }
          looking.delete(topic);
          unwatch.get(topic)?.();
          unwatch.delete(topic);
        }, lingerMs);
      };
    },
    async call(name, input, signal) {
      const talking = client ?? (await new Promise<Client>((take) => waiting.push(take)));
      return await talking.call(name, input, signal);
    },
    connection: () => state,
    onConnection(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

/** What a rejected call has to say; a bug of ours becomes `internal`. */
export function failuresIn(error: unknown): readonly FailureView[] {
  if (error instanceof CallFailed) return error.failures;
  return [
    {
      kind: "fault",
      code: "internal",
      facts: { reason: error instanceof Error ? error.message : String(error) },
    },
  ];
}
