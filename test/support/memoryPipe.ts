import type { Pipe } from "#contract/wire.ts";

export interface MemoryPipe extends Pipe {
  /** true: nothing that is sent here arrives until false again, and it counts as pending */
  hold(held: boolean): void;
}

/** Two ends of one pipe. Texts arrive a turn later, in order, as over a socket. */
export function memoryPipes(): [MemoryPipe, MemoryPipe] {
  const a = createEnd(() => b);
  const b = createEnd(() => a);
  return [a, b];
}

interface End extends MemoryPipe {
  arrive(text: string): void;
  closed(): void;
}

function createEnd(peer: () => End): End {
  const messageListeners: ((text: string) => void)[] = [];
  const closeListeners: (() => void)[] = [];
  const early: string[] = [];
  const held: string[] = [];
  let holding = false;
  let open = true;

  function deliver(text: string): void {
    setImmediate(() => peer().arrive(text));
  }

  return {
    send(text) {
      if (!open) throw new Error("sent on a closed pipe");
      if (holding) held.push(text);
      else deliver(text);
    },
    onMessage(listener) {
      messageListeners.push(listener);
      for (const text of early.splice(0)) listener(text);
    },
    onClose: (listener) => closeListeners.push(listener),
    close() {
      if (!open) return;
      this.closed();
      setImmediate(() => peer().closed());
    },
    pendingBytes: () => held.reduce((sum, text) => sum + text.length, 0),
    hold(on) {
      holding = on;
      if (!on) for (const text of held.splice(0)) deliver(text);
    },
    arrive(text) {
      if (!open) return;
      if (messageListeners.length === 0) early.push(text);
      for (const listener of messageListeners) listener(text);
    },
    closed() {
      if (!open) return;
      open = false;
      for (const listener of closeListeners) listener();
    },
  };
}
