import type { Fault } from "#domain/fault.ts";
import {
  type CallInput,
  type CallName,
  type CallOutput,
  calls,
  type TopicItem,
  type TopicName,
} from "./contract.ts";
import { faultView, problemView } from "./failure.ts";
import { createFollowing, type Watcher } from "./following.ts";
import { contractHash } from "./hash.ts";
import type { FailureView } from "./views.ts";
import { maxMessageBytes, type Pipe, readMessage, type ToClient, type ToServer, toClient } from "./wire.ts";

/** Why a call did not answer, as data for a person. */
export class CallFailed extends Error {
  readonly failures: readonly FailureView[];

  constructor(failures: readonly FailureView[]) {
    super(failures.map((failure) => failure.code).join(", "));
    this.name = "CallFailed";
    this.failures = failures;
  }
}

export interface Client {
  /** resolves on the greeting; rejects with fault pipe.outdated when the host speaks another contract, or pipe.closed */
  readonly ready: Promise<void>;
  /**
   * @param signal aborting it rejects with the signal's reason and aborts the handler
   * @throws CallFailed with what the workbench said, or fault pipe.closed
   */
  call<N extends CallName>(name: N, input: CallInput<N>, signal?: AbortSignal): Promise<CallOutput<N>>;
  /** Watchers of one topic share one subscription; a late one gets the items so far. */
  watch<T extends TopicName>(topic: T, watcher: Watcher<TopicItem<T>>): () => void;
  /** called once; at once when closed already */
  onClose(listener: (why: FailureView) => void): void;
  close(): void;
}

interface Pending {
  readonly name: CallName;
  resolve(output: unknown): void;
  reject(error: unknown): void;
}

/** @param options `checkItems` checks every watched item too: for tests, as a snapshot may hold 100,000 */
export function connect(pipe: Pipe, options: { readonly checkItems?: boolean } = {}): Client {
  const pending = new Map<number, Pending>();
  const closeListeners = new Set<(why: FailureView) => void>();
  let lastId = 0;
  let closed: FailureView | undefined;
  let greet: () => void = () => {};
  let refuse: (error: unknown) => void = () => {};
  const ready = new Promise<void>((resolve, reject) => {
    greet = resolve;
    refuse = reject;
  });
  // Not everyone awaits the greeting; a failure also reaches every call.
  ready.catch(() => {});
  // An older host might read the same name otherwise, so nothing is said before the greeting.
  const following = createFollowing((message) => {
    ready.then(
      () => send(message),
      () => {},
    );
  }, options.checkItems ?? false);

  function send(message: ToServer): void {
    if (closed === undefined) pipe.send(JSON.stringify(message));
  }

  function end(fault: Fault): void {
    if (closed !== undefined) return;
    closed = faultView(fault);
    const error = new CallFailed([closed]);
    refuse(error);
    for (const call of pending.values()) call.reject(error);
    pending.clear();
    for (const listener of closeListeners) listener(closed);
    pipe.close();
  }

  function settle(id: number): Pending | undefined {
    const call = pending.get(id);
    pending.delete(id);
    return call;
  }

  function take(message: ToClient): void {
    switch (message.t) {
      case "hello":
        if (message.hash === contractHash()) greet();
        else end({ code: "pipe.outdated" });
        break;
      case "ok":
        settleChecked(settle(message.id), message.output);
        break;
      case "failed":
        settle(message.id)?.reject(new CallFailed(message.failures));
        break;
      case "snapshot":
      case "change":
        following.take(message);
        break;
      case "refused":
        end({ code: "internal", reason: `watching ${message.topic} was refused` });
    }
  }

  pipe.onClose(() => end({ code: "pipe.closed" }));
  pipe.onMessage((text) => {
    if (closed !== undefined) return;
    const message = readMessage(toClient, text);
    if (message === undefined) end({ code: "internal", reason: "a message of the host cannot be read" });
    else take(message);
  });

  return {
    ready,
    async call(name, input, signal) {
      signal?.throwIfAborted();
      await ready;
      signal?.throwIfAborted();
      if (closed !== undefined) throw new CallFailed([closed]);
      const id = ++lastId;
      const text = JSON.stringify({ t: "call", id, name, input } satisfies ToServer);
      refuseTooLong(text);
      return new Promise((resolve, reject) => {
        const abort = () => {
          settle(id);
          send({ t: "abort", id });
          reject(signal?.reason);
        };
        signal?.addEventListener("abort", abort, { once: true });
        const forget = () => signal?.removeEventListener("abort", abort);
        pending.set(id, {
          name,
          resolve(output) {
            forget();
            resolve(output as CallOutput<typeof name>);
          },
          reject(error) {
            forget();
            reject(error);
          },
        });
        pipe.send(text);
      });
    },
    watch: (topic, watcher) => following.watch(topic, watcher as unknown as Watcher<{ key: string }>),
    onClose(listener) {
      if (closed === undefined) closeListeners.add(listener);
      else listener(closed);
    },
    close: () => end({ code: "pipe.closed" }),
  };
}

function settleChecked(call: Pending | undefined, output: unknown): void {
  if (call === undefined) return;
  const checked = calls[call.name].output.safeParse(output);
  if (checked.success) call.resolve(checked.data);
  else
    call.reject(
      new CallFailed([faultView({ code: "internal", reason: `${call.name}: ${checked.error.message}` })]),
    );
}

function refuseTooLong(text: string): void {
  // A character is at most three bytes of UTF-8, so most texts need no counting.
  if (text.length * 3 <= maxMessageBytes || new TextEncoder().encode(text).length <= maxMessageBytes) return;
  const reason = `larger than ${maxMessageBytes} bytes: send it in parts`;
  throw new CallFailed([problemView({ code: "input.invalid", reason })]);
}
