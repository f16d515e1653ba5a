import { join } from "node:path";
import type { Session } from "#capabilities/uplink.ts";
import type { Started } from "../program.ts";
import { until } from "../until.ts";
import { keepingBroker, keptSubscriber } from "./places.ts";

/**
 * Messages made while there is no broker, the publisher killed amid that and amid the replay, the broker restarted
 * amid the replay.
 *
 * @param folder an empty one
 * @param start begins a process of `publishForever`
 */
export async function lossRun(
  messages: number,
  folder: string,
  start: (words: readonly string[]) => Started,
): Promise<{ readonly lost: number; readonly copies: number }> {
  const seen = new Map<number, number>();
  const hear = (session: Session) =>
    session.onMessage(({ payload }) => {
      const number = Number(Buffer.from(payload).toString());
      seen.set(number, (seen.get(number) ?? 0) + 1);
    });
  const first = await keepingBroker(folder);
  const { port } = first;
  await (await keptSubscriber(port)).close();
  await first.stopGently();
  const begin = (from: number) =>
    start([join(folder, "a.site.json"), String(port), String(from), String(messages)]);
  const patienceMs = 20_000 + messages;

  const offline = begin(1);
  await until(() => lastOf(offline, "kept") >= messages / 2, "half of the messages kept", patienceMs);
  await killed(offline);

  const second = begin(lastOf(offline, "kept") + 1);
  await until(() => lastOf(second, "kept") === messages, "all messages kept", patienceMs);
  const before = await keepingBroker(folder, port);
  const subscriber = await keptSubscriber(port);
  hear(subscriber);
  await until(() => seen.size > messages / 4, "a quarter to arrive", patienceMs);
  await killed(second);

  const third = begin(messages + 1);
  await until(() => seen.size > messages / 2, "half to arrive", patienceMs);
  await subscriber.close();
  await before.stopGently();
  const after = await keepingBroker(folder, port);
  try {
    const again = await keptSubscriber(port);
    hear(again);
    await until(() => lastOf(third, "left") === 0, "an empty queue", patienceMs);
    // What the broker has by now it delivers; what is lost never comes.
    const mark = `mark-${process.pid}`;
    let marked = false;
    again.onMessage(({ topic }) => {
      marked ||= topic === mark;
    });
    const { signal } = new AbortController();
    await again.publish(mark, new Uint8Array(), 1, false, signal);
    await until(() => marked, "the mark behind all of them", patienceMs);
    await again.close();
  } finally {
    await killed(third);
    await after.stop();
  }
  seen.delete(0);
  const arrived = [...seen.values()].reduce((sum, count) => sum + count, 0);
  const lost = Array.from({ length: messages }, (_, index) => index + 1).filter((one) => !seen.has(one));
  return { lost: lost.length, copies: arrived - seen.size };
}

async function killed(child: Started): Promise<void> {
  child.kill("SIGKILL");
  await child.ended;
}

function lastOf(child: Started, word: string): number {
  const text = child.stdout();
  const at = text.lastIndexOf(`${word} `);
  const end = text.indexOf("\n", at);
  return at === -1 || end === -1 ? Number.NaN : Number(text.slice(at + word.length + 1, end));
}
