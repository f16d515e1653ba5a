import { join } from "node:path";
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import type { Session } from "#capabilities/uplink.ts";
import { buildProgram, type Program, type Started, startProgram } from "#test/support/program.ts";
import { tempFolder } from "#test/support/tempFolder.ts";
import { until } from "#test/support/until.ts";
import { keepingBroker, keptSubscriber } from "./places.ts";

const messages = 20_000;
/** What was under way at a broken connection, and what a killed program was told a moment before, come twice. */
const mostCopies = 3000;

let program: Program;
beforeAll(async () => {
  program = await buildProgram("test/services/standin/publishingProgram.ts");
});
afterAll(() => program.remove());

function lastOf(child: Started, word: string): number {
  const lines = child.stdout().split("\n").slice(0, -1);
  return Number(lines.findLast((line) => line.startsWith(word))?.split(" ")[1] ?? Number.NaN);
}

test("of 20,000 messages made offline none is lost by two kills of the publisher and a restart of the broker", async () => {
  const folder = await tempFolder();
  const site = join(folder, "a.site.json");
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

  const start = (from: number) => {
    const child = startProgram(program.path, [site, String(port), String(from), String(messages)]);
    onTestFinished(() => child.kill("SIGKILL"));
    return child;
  };
  const offline = start(1);
  await until(() => lastOf(offline, "kept") >= messages / 2, "half of the messages kept", 20_000);
  offline.kill("SIGKILL");
  await offline.ended;
  const kept = lastOf(offline, "kept");

  const second = start(kept + 1);
  await until(() => lastOf(second, "kept") === messages, "all messages kept", 20_000);
  const before = await keepingBroker(folder, port);
  const subscriber = await keptSubscriber(port);
  hear(subscriber);
  await until(() => seen.size > messages / 4, "a quarter to arrive", 30_000);
  second.kill("SIGKILL");
  await second.ended;

  const third = start(messages + 1);
  await until(() => seen.size > messages / 2, "half to arrive", 30_000);
  await subscriber.close();
  await before.stopGently();
  const after = await keepingBroker(folder, port);
  onTestFinished(() => after.stop());
  const again = await keptSubscriber(port);
  expect(again.resumed).toBe(true);
  hear(again);
  await until(() => lastOf(third, "left") === 0, "an empty queue", 40_000);
  await until(() => seen.size >= messages, "all to arrive", 20_000);
  third.kill("SIGKILL");
  await again.close();

  expect(Array.from({ length: messages }, (_, index) => index + 1).filter((one) => !seen.has(one))).toEqual(
    [],
  );
  const copies = [...seen.values()].reduce((sum, count) => sum + count, 0) - messages;
  expect(copies).toBeLessThan(mostCopies);
}, 120_000);
