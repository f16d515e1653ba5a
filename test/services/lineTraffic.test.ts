import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { systemClock } from "#adapters/clock.ts";
import { modbusLines } from "#adapters/modbus/lines.ts";
import { serialPorts } from "#adapters/serial/serialPorts.ts";
import type { Frame } from "#capabilities/line.ts";
import { type Learned, type LineTraffic, openTraffic, type TrafficState } from "#services/lineTraffic.ts";
import { openPtyPair, type PtyPair } from "#test/support/ptyPair.ts";
import {
  openRtuSlave,
  type RtuSlave,
  readPdu,
  registersReply,
  type Script,
  withCrc,
} from "#test/support/rtuSlave.ts";
import { thrown } from "#test/support/thrown.ts";
import { until } from "#test/support/until.ts";

const settings = { baudRate: 115_200, parity: "none", dataBits: 8, stopBits: 1 } as const;
const never = new AbortController().signal;
const listenMs = 120;
const quietMs = 250;
/** long enough for a machine that is busy: whoever answers is heard out */
const asPerson = { timeoutMs: 2000, priority: "person" } as const;
const asPoll = { ...asPerson, priority: "poll" } as const;
/** for units that do not answer */
const brief = { timeoutMs: 60 } as const;

let pair: PtyPair;
let bus: RtuSlave;
let traffic: LineTraffic;
let states: TrafficState["at"][];
let frames: Frame[];

/** units below 100 answer with words that count up from the offset, the others are dead */
const honest: Script = (request) => {
  const [unit = 0, called = 0, , offset = 0, , count = 0] = request;
  if (unit >= 100) return [];
  const words = Array.from({ length: count }, (_, i) => offset + i);
  return [{ afterMs: 0, bytes: registersReply(unit, called, words) }];
};

async function openBus(script: Script = honest, silenceMs = listenMs): Promise<void> {
  bus = await openRtuSlave(pair.b, script);
  frames = [];
  states = [];
  traffic = openTraffic(
    { kind: "serial", port: pair.a, settings },
    {
      lines: modbusLines(serialPorts()),
      clock: systemClock,
      listenMs: silenceMs,
      quietMs,
      onFrame: (frame) => frames.push(frame),
    },
  );
  traffic.onState((state) => states.push(state.at));
}
const foreignRequest = withCrc(9, 3, 0, 16, 0, 2);
const foreignReply = registersReply(9, 3, [4711, 815]);

beforeEach(async () => {
  pair = await openPtyPair();
});
afterEach(async () => {
  await traffic.close();
  await bus.close();
  await pair.close();
});

describe("a session", () => {
  test("begins in silence, then talks", async () => {
    await openBus();
    const before = performance.now();
    const exchange = traffic.read(5, "holding", 20, 3, asPerson, never);
    await until(() => traffic.state.at === "listening", "the silence");

    const reading = await exchange;

    expect(reading.words).toEqual([20, 21, 22]);
    expect(performance.now() - before).toBeGreaterThanOrEqual(listenMs);
    expect(states).toEqual(["listening", "free"]);
    expect(frames.map((frame) => frame.direction)).toEqual(["sent", "received"]);
  });

  test("listens once: the second exchange goes at once", async () => {
    await openBus();
    await traffic.exchange(5, readPdu(1, 1), asPerson, never);

    await traffic.exchange(5, readPdu(2, 1), asPerson, never);

    expect(states).toEqual(["listening", "free"]);
  });

  test("that only listens sends nothing, and counts as the silence of what follows", async () => {
    await openBus();

    const heard = await traffic.listen(listenMs, never);
    await traffic.exchange(5, readPdu(2, 1), asPerson, never);

    expect(heard).toEqual({ bytes: 0, frames: [] });
    expect(states).toEqual(["listening", "free"]);
  });

  test("given up while it listens asks nothing", async () => {
    await openBus();
    const giveUp = new AbortController();
    const exchange = thrown(traffic.exchange(5, readPdu(1, 1), asPerson, giveUp.signal));
    await until(() => traffic.state.at === "listening", "the silence");

    giveUp.abort(new Error("given up"));

    expect(await exchange).toMatchObject({ message: "given up" });
    await until(() => traffic.state.at === "free", "the end of the silence");
    expect(bus.bytes).toBe(0);
  });
});

describe("a line with another master", () => {
  test("is taken: nothing is sent, however often it is asked", async () => {
    await openBus();
    const exchange = thrown(traffic.exchange(5, readPdu(1, 1), asPerson, never));
    await until(() => traffic.state.at === "listening", "the silence");

    await bus.send(foreignRequest);

    expect(await exchange).toEqual({ code: "line.taken", frames: 1, units: "9" });
    expect(await thrown(traffic.exchange(5, readPdu(1, 1), asPerson, never))).toMatchObject({
      code: "line.taken",
    });
    expect(traffic.state).toEqual({ at: "taken", frames: 1, units: [9] });
    expect(bus.bytes).toBe(0);
  });

  test("rejects whoever waits as soon as that master is heard", async () => {
    await openBus(honest, 3000);
    const exchange = thrown(traffic.exchange(5, readPdu(1, 1), asPerson, never));
    await until(() => traffic.state.at === "listening", "the silence");
    const before = performance.now();

    await bus.send(foreignRequest);

    expect(await exchange).toMatchObject({ code: "line.taken" });
    expect(performance.now() - before).toBeLessThan(500);
  });

  test("teaches what that master reads", async () => {
    await openBus();
    const learned: Learned[] = [];
    traffic.onLearned((words) => learned.push(words));
    const listening = traffic.listen(listenMs, never);
    await until(() => traffic.state.at === "listening", "the silence");

    await bus.send(foreignRequest);
    await bus.send(foreignReply);

    expect((await listening).frames).toHaveLength(2);
    expect(learned).toEqual([
      { unit: 9, area: "holding", offset: 16, words: [4711, 815], at: expect.any(Number) },
    ]);
  });

  test("is taken from us when the master appears while we talk, and is free again once it is quiet", async () => {
    await openBus();
    await traffic.exchange(5, readPdu(1, 1), asPerson, never);
    const sent = bus.bytes;

    await bus.send(foreignRequest);

    await until(() => traffic.state.at === "taken", "the other master");
    expect(await thrown(traffic.exchange(5, readPdu(1, 1), asPoll, never))).toMatchObject({
      code: "line.taken",
    });
    expect(bus.bytes).toBe(sent);
    await until(() => traffic.state.at === "free", "the quiet", 2000);
    await traffic.exchange(5, readPdu(1, 1), asPerson, never);
  });
});

describe("who goes first", () => {
  test("is the person, then the verification, then the polls", async () => {
    await openBus();
    const done: string[] = [];
    const ask = async (priority: "person" | "verify" | "poll", offset: number) => {
      await traffic.exchange(5, readPdu(offset, 1), { timeoutMs: 200, priority }, never);
      done.push(priority);
    };

    await Promise.all([ask("poll", 1), ask("poll", 2), ask("verify", 3), ask("person", 4)]);

    expect(done).toEqual(["person", "verify", "poll", "poll"]);
  });
});

describe("a dead unit", () => {
  test("has its polls refused at once after a silence, while a person still gets through", async () => {
    await openBus();
    await thrown(traffic.exchange(100, readPdu(1, 1), { ...asPerson, ...brief }, never));
    await thrown(traffic.exchange(100, readPdu(1, 1), { ...asPoll, ...brief }, never));
    const asked = bus.requests.length;

    const refused = await thrown(traffic.exchange(100, readPdu(1, 1), { ...asPoll, ...brief }, never));
    const others = await traffic.exchange(5, readPdu(1, 1), asPoll, never);
    await thrown(traffic.exchange(100, readPdu(1, 1), { ...asPerson, ...brief }, never));

    expect(asked).toBe(2);
    expect(refused).toEqual({ code: "line.silent", unit: 100, afterMs: 60 });
    expect(others.pdu[0]).toBe(3);
    expect(bus.requests.filter((request) => request[0] === 100)).toHaveLength(3);
  });
});

describe("a lost port", () => {
  test("is said, and opened again, in silence, by the next exchange once it is back", async () => {
    await openBus();
    await traffic.exchange(5, readPdu(1, 1), asPerson, never);
    await pair.close();
    await until(() => traffic.state.at === "lost", "the loss", 1500);
    expect(traffic.state).toEqual({ at: "lost", fault: { code: "line.lost", port: pair.a } });
    expect(await thrown(traffic.exchange(5, readPdu(1, 1), asPerson, never))).toMatchObject({
      code: "line.portMissing",
    });
    await bus.close();
    pair = await openPtyPair(pair);
    bus = await openRtuSlave(pair.b, honest);
    states = [];

    await traffic.exchange(5, readPdu(1, 1), asPerson, never);

    expect(states).toEqual(["listening", "free"]);
  });

  test("that we close rejects whoever waits", async () => {
    await openBus();
    const exchange = thrown(traffic.exchange(5, readPdu(1, 1), asPerson, never));
    await until(() => traffic.state.at === "listening", "the silence");

    await traffic.close();

    expect(await exchange).toEqual({ code: "line.lost", port: pair.a });
    expect(traffic.state).toEqual({ at: "closed" });
    expect(bus.bytes).toBe(0);
  });
});
