import { expect, onTestFinished, test } from "vitest";
import { brokers } from "#adapters/mqtt/brokers.ts";
import { linkProxies } from "#adapters/proxy/linkProxy.ts";
import { advise, silencesUpTo } from "#domain/advice/advise.ts";
import { pingBytes, publishBytes } from "#domain/advice/bytes.ts";
import { dayCost } from "#domain/advice/dayCost.ts";
import { openBroker } from "#simulator/broker.ts";

const kind = {
  ...{ version: "3.1.1" as const, tls: false, qos: 1 as const, clientId: "meter", username: "" },
  ...{ passwordBytes: 0, handshakeBytes: 4200 },
};
const header = 52;

test("a message, its acknowledgement and a ping take the bytes that pass a real link", async () => {
  const broker = await openBroker("127.0.0.1", 0);
  onTestFinished(() => broker.close());
  const proxy = await linkProxies().open({ host: "127.0.0.1", to: { host: "127.0.0.1", port: broker.port } });
  onTestFinished(() => proxy.close());
  const { signal } = new AbortController();
  const session = await brokers().connect(
    {
      ...{ host: proxy.host, port: proxy.port, tls: false, ca: "", version: "3.1.1", clientId: "meter" },
      ...{ username: "", password: "", keepAliveSeconds: 0 },
    },
    signal,
  );
  onTestFinished(() => session.close());
  const passed = () => proxy.counts("up").bytes + proxy.counts("down").bytes;

  for (const size of [10, 100, 300]) {
    const before = passed();
    await session.publish("water/east/pump", new Uint8Array(size), 1, false, signal);
    // Publish, acknowledgement and TCP's own: three packets with their headers.
    expect(publishBytes(kind, 15, size) - 3 * header).toBe(passed() - before);
  }
  const before = passed();
  await session.ping(signal);
  expect(pingBytes(kind) - 3 * header).toBe(passed() - before);
});

test("TLS adds 22 bytes a record, QoS 2 three answers for one", () => {
  const [plain, secret] = [publishBytes(kind, 15, 100), publishBytes({ ...kind, tls: true }, 15, 100)];
  expect(secret - plain).toBe(2 * 22);
  expect(publishBytes({ ...kind, qos: 2 }, 15, 100) - plain).toBe(2 * (4 + header));
});

const meter = { topicBytes: 15, payloadBytes: 100, intervalMs: 900_000 };
const open = { forgetsAfterMs: null, loss: 0 };

test("pings are sent only where nothing else was, and a site that speaks each second needs none", () => {
  const everySecond = { ...meter, intervalMs: 1000 };

  expect(dayCost([meter], { keepAliveSeconds: 60, gatherMs: 0 }, kind, open)).toMatchObject({
    ...{ messages: 96, pings: 96 * 14, connections: 0, wakeUps: 1440 },
  });
  expect(dayCost([everySecond], { keepAliveSeconds: 60, gatherMs: 0 }, kind, open)).toMatchObject({
    ...{ messages: 86_400, pings: 0, wakeUps: 1 },
  });
});

test("samples that are sent together cost a fraction, and come later", () => {
  const each = { topicBytes: 15, payloadBytes: 100, intervalMs: 1000 };
  const alone = dayCost([each], { keepAliveSeconds: 60, gatherMs: 0 }, kind, open);
  const together = dayCost([each], { keepAliveSeconds: 60, gatherMs: 60_000 }, kind, open);

  expect(together.messages).toBe(1440);
  expect(together.bytes).toBeLessThan(alone.bytes / 2);
});

test("a keep-alive longer than the path remembers costs a session each time", () => {
  const path = { forgetsAfterMs: 60_000, loss: 0 };

  expect(dayCost([meter], { keepAliveSeconds: 60, gatherMs: 0 }, kind, path).connections).toBe(1440);
  expect(dayCost([meter], { keepAliveSeconds: 43, gatherMs: 0 }, kind, path).connections).toBe(0);
});

test("the advice keeps a fifth away from what was found, and ends sessions where that is cheaper", () => {
  const found = { survivesSeconds: 54, failsSeconds: 60 };
  const advice = advise(found, [meter], kind, { loss: 0, latestMs: 0 });

  expect(advice).toMatchObject({ keepAliveSeconds: 43, qos: 1, gatherMs: 0, halfSleepPays: true });
  expect(silencesUpTo(72)).toEqual([15, 18, 22, 26, 31, 37, 45, 54, 60, 64, 72]);
});
