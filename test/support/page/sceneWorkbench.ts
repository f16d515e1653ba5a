import { type Client, connect } from "#contract/client.ts";
import {
  type CallName,
  calls as callShapes,
  type TopicItem,
  type TopicName,
  topics,
} from "#contract/contract.ts";
import { type Port, portPipe } from "#contract/portPipe.ts";
import { serve, type Workbench } from "#contract/server.ts";
import { createTable, type Table } from "#contract/table.ts";
import type { FailureView } from "#contract/views.ts";
import { type Fault, FaultError } from "#domain/fault.ts";
import { type Problem, ProblemError } from "#domain/problem.ts";

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
  lose(): void;
  open(): Promise<Client>;
}

/**
 * A workbench whose state is a scene, at the other end of a real conversation: the page's client, the contract's
 * server and a MessagePort between them, so that inputs, replies and items are checked as in the product.
 */
export function sceneWorkbench(scene: Scene): FixtureControl {
  const tables = Object.fromEntries(
    Object.keys(topics).map((name) => [name, createTable(name === "wire" ? 2000 : undefined)]),
  ) as Record<TopicName, Table<{ readonly key: string }>>;
  for (const [topic, items] of Object.entries(scene.topics)) {
    for (const item of items) tables[topic as TopicName].set(item);
  }
  const calls: { name: string; input: unknown }[] = [];
  const answer = async (name: CallName, input: unknown) => {
    calls.push({ name, input });
    const [failure] = scene.failures?.[name] ?? [];
    if (failure) throw errorOf(failure);
    return scene.answers?.[name] ?? {};
  };
  const handlers = Object.fromEntries(
    Object.keys(callShapes).map((name) => [name, (input: unknown) => answer(name as CallName, input)]),
  );
  const workbench = { handlers, tables } as unknown as Workbench;
  let lost = false;
  let closing: (() => void)[] = [];

  /** One end of the channel; `lose` closes both, as a broken connection does. */
  function endOf(port: MessagePort): Port {
    return {
      post: (message) => port.postMessage(message),
      onMessage(listener) {
        port.onmessage = (event) => listener(event.data);
      },
      onClose: (listener) => void closing.push(listener),
      close: () => port.close(),
    };
  }

  return {
    calls,
    set: (topic, item) => tables[topic].set(item),
    lose() {
      lost = true;
      const listeners = closing;
      closing = [];
      for (const listener of listeners) listener();
    },
    async open() {
      if (scene.silent) return new Promise(() => {});
      if (lost) throw new Error("lost");
      const { port1, port2 } = new MessageChannel();
      const after = (ms: number, call: () => void) => {
        const timer = setTimeout(call, ms);
        return () => clearTimeout(timer);
      };
      serve(portPipe(endOf(port1)), workbench, { after });
      const client = connect(portPipe(endOf(port2)), { checkItems: true });
      await client.ready;
      return client;
    },
  };
}

/** The failure as it would have been thrown behind a real handler. */
function errorOf({ kind, code, facts, at }: FailureView): Error {
  if (kind === "problem")
    return new ProblemError({ code, ...facts, ...(at && { at }) } as unknown as Problem);
  return new FaultError({ code, ...facts } as unknown as Fault);
}
