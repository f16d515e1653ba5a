import { expect, test } from "vitest";
import { createTable } from "#contract/table.ts";
import { watchTable } from "#contract/watching.ts";
import type { ToClient } from "#contract/wire.ts";

interface Item {
  readonly key: string;
  readonly text: string;
}

/** A peer that keeps what it is told, with timers that run when they are asked to. */
function watched() {
  const table = createTable<Item>();
  const known = new Map<string, string>();
  const sizes: number[] = [];
  let timers: (() => void)[] = [];
  let seq = 0;
  const pipe = {
    send(text: string) {
      const message = JSON.parse(text) as ToClient;
      if (message.t !== "change") return;
      sizes.push(message.set.length, message.remove.length);
      for (const key of message.remove) known.delete(key);
      for (const item of message.set as Item[]) known.set(item.key, item.text);
    },
    pendingBytes: () => 0,
    close: () => undefined,
    onMessage: () => undefined,
    onClose: () => undefined,
  };
  const after = (_: number, call: () => void) => {
    timers.push(call);
    return () => undefined;
  };
  watchTable("tags", table, pipe, after, () => ++seq);
  const turn = async () => {
    await Promise.resolve();
    const due = timers;
    timers = [];
    for (const call of due) call();
    return due.length > 0;
  };
  return { table, known, sizes, turn };
}

test("tens of thousands of changes reach the page in portions, and it ends with what the table has", async () => {
  const { table, known, sizes, turn } = watched();
  const put = (from: number, to: number, text: string) => {
    for (let at = from; at < to; at++) table.set({ key: `k${at}`, text });
  };

  put(0, 30_000, "first");
  await turn();
  await turn();
  // While portions are on their way: some change again; later some go, and some of those come back at once.
  put(10_000, 20_000, "second");
  while (await turn());
  for (let at = 25_000; at < 30_000; at++) table.remove(`k${at}`);
  put(29_000, 30_000, "third");
  while (await turn());

  expect(Object.fromEntries(known)).toEqual(
    Object.fromEntries(table.items().map(({ key, text }) => [key, text])),
  );
  expect(known.size).toBe(26_000);
  expect(Math.max(...sizes)).toBeLessThanOrEqual(2_000);
});
