import type { QueuedMessage, QueueReader, SampleQueue } from "#capabilities/sampleQueue.ts";

/** A message that says its own number; `bytes` long at least. */
export function messageOf(word: string | number, at = 1000, bytes = 0) {
  return { topic: "plant/line/group", payload: Buffer.from(String(word).padEnd(bytes, ".")), at };
}

export function textOf(message: Pick<QueuedMessage, "payload">): string {
  return Buffer.from(message.payload).toString().replace(/\.+$/, "");
}

/** All that a reader gives until it has nothing more. */
export async function readAll(reader: QueueReader): Promise<readonly QueuedMessage[]> {
  const messages: QueuedMessage[] = [];
  for (;;) {
    const some = await reader.next(500);
    if (some.length === 0) return messages;
    messages.push(...some);
  }
}

export async function queuedIn(queue: SampleQueue): Promise<readonly string[]> {
  const reader = queue.reader("first");
  const texts = (await readAll(reader)).map(textOf);
  await reader.close();
  return texts;
}
