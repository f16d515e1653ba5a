import type { z } from "zod";
import { ProblemError } from "#domain/problem.ts";
import { type CallName, type CallOutput, calls, type TopicItem, type TopicName, topics } from "./contract.ts";
import { failuresOf } from "./failure.ts";
import { contractHash } from "./hash.ts";
import type { Table } from "./table.ts";
import { watchTable } from "./watching.ts";
import { type Pipe, readMessage, type ToClient, type ToServer, toServer } from "./wire.ts";

/** What answers: a handler for every call, a table behind every topic. The services make one. */
export interface Workbench {
  readonly handlers: {
    readonly [N in CallName]: (
      input: z.output<(typeof calls)[N]["input"]>,
      signal: AbortSignal,
    ) => Promise<CallOutput<N>>;
  };
  readonly tables: { readonly [T in TopicName]: Table<TopicItem<T>> };
}

/**
 * Holds the workbench's end of one conversation until the pipe closes. Jobs and tables outlive it; calls in flight
 * are aborted with it. A message that is no envelope at all closes the pipe.
 */
export function serve(
  pipe: Pipe,
  workbench: Workbench,
  world: { after(ms: number, call: () => void): () => void },
): void {
  const running = new Map<number, AbortController>();
  const watches = new Map<string, () => void>();
  let seq = 0;
  let open = true;

  function send(message: ToClient): void {
    if (open) pipe.send(JSON.stringify(message));
  }

  async function answer(id: number, name: string, input: unknown): Promise<void> {
    const abort = new AbortController();
    running.set(id, abort);
    try {
      const output = await handle(workbench, name, input, abort.signal);
      if (!abort.signal.aborted) send({ t: "ok", id, output });
    } catch (error) {
      if (!abort.signal.aborted) send({ t: "failed", id, failures: [...failuresOf(error)] });
    } finally {
      running.delete(id);
    }
  }

  function watch(topic: string): void {
    if (watches.has(topic)) return;
    if (!isTopic(topic)) {
      send({ t: "refused", topic, failures: [...failuresOf(invalid(`no such topic: ${topic}`))] });
      return;
    }
    watches.set(
      topic,
      watchTable(topic, workbench.tables[topic], pipe, world.after, () => ++seq),
    );
  }

  function take(message: ToServer): void {
    switch (message.t) {
      case "call":
        if (running.has(message.id)) pipe.close();
        else void answer(message.id, message.name, message.input);
        return;
      case "abort":
        running.get(message.id)?.abort();
        return;
      case "watch":
        watch(message.topic);
        return;
      case "unwatch":
        watches.get(message.topic)?.();
        watches.delete(message.topic);
    }
  }

  pipe.onClose(() => {
    open = false;
    for (const abort of running.values()) abort.abort();
    for (const stop of watches.values()) stop();
    watches.clear();
  });
  pipe.onMessage((text) => {
    const message = readMessage(toServer, text);
    if (message === undefined) pipe.close();
    else take(message);
  });
  send({ t: "hello", hash: contractHash() });
}

async function handle(
  workbench: Workbench,
  name: string,
  input: unknown,
  signal: AbortSignal,
): Promise<unknown> {
  if (!isCall(name)) throw invalid(`no such call: ${name}`);
  const checked = calls[name].input.safeParse(input);
  if (!checked.success) throw invalid(reasonOf(checked.error));
  const handler = workbench.handlers[name] as (input: unknown, signal: AbortSignal) => Promise<unknown>;
  return handler(checked.data, signal);
}

function isCall(name: string): name is CallName {
  return Object.hasOwn(calls, name);
}

function isTopic(name: string): name is TopicName {
  return Object.hasOwn(topics, name);
}

function invalid(reason: string): ProblemError {
  return new ProblemError({ code: "input.invalid", reason });
}

/** The first few places that do not fit, each with its path: `edit.line.id: Invalid input`. */
function reasonOf(error: z.ZodError): string {
  return error.issues
    .slice(0, 5)
    .map((issue) => {
      const extra = issue.code === "unrecognized_keys" ? issue.keys.slice(0, 5) : [];
      const path = [...issue.path, ...extra].map(String).join(".");
      return path === "" ? issue.message : `${path}: ${issue.message}`;
    })
    .join("; ");
}
