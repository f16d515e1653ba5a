import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { rtuLine } from "#adapters/modbus/rtuLine.ts";
import { serialPorts } from "#adapters/serial/serialPorts.ts";
import type { Frame, Line } from "#capabilities/line.ts";
import { openPtyPair, type PtyPair } from "#test/support/ptyPair.ts";
import { openRtuSlave, type RtuSlave, readPdu, registersReply, withCrc } from "#test/support/rtuSlave.ts";
import { thrown } from "#test/support/thrown.ts";
import { until } from "#test/support/until.ts";

const settings = { baudRate: 9600, parity: "even", dataBits: 8, stopBits: 1 } as const;
const never = new AbortController().signal;

let pair: PtyPair;
let other: RtuSlave;
let line: Line;
let frames: Frame[];

beforeEach(async () => {
  pair = await openPtyPair();
  other = await openRtuSlave(pair.b, () => []);
  line = rtuLine(await serialPorts().open(pair.a, settings, never), settings, pair.a);
  frames = [];
  line.onFrame((frame) => frames.push(frame));
});
afterEach(async () => {
  await line.close();
  await other.close();
  await pair.close();
});

const request = withCrc(9, 3, 0, 16, 0, 2);
const reply = registersReply(9, 3, [4711, 815]);

describe("listening", () => {
  test("reports the frames of another master and sends nothing", async () => {
    const listening = line.listen(500, never);
    await other.send(request);
    await other.send(reply);

    const heard = await listening;

    expect(heard.bytes).toBe(request.length + reply.length);
    expect(heard.frames.map((frame) => [...frame.bytes])).toEqual([[...request], [...reply]]);
    expect(other.bytes).toBe(0);
  });

  test("reports noise as bytes without frames", async () => {
    const listening = line.listen(300, never);
    await other.send(Uint8Array.of(0, 0xff, 0, 0xfe, 0));

    expect(await listening).toEqual({ bytes: 5, frames: [] });
    expect(frames.map(({ direction, verdict }) => `${direction} ${verdict}`)).toEqual(["heard badCrc"]);
  });

  test("ends at once when cancelled", async () => {
    const giveUp = new AbortController();
    const before = performance.now();
    const listening = thrown(line.listen(5000, giveUp.signal));

    giveUp.abort(new Error("given up"));

    expect(await listening).toMatchObject({ message: "given up" });
    expect(performance.now() - before).toBeLessThan(1000);
  });
});

describe("another master's frames", () => {
  test("are heard while nobody listens", async () => {
    await other.send(request);

    await until(() => frames.length === 1, "the frame");
    expect(frames[0]).toMatchObject({ direction: "heard", verdict: "good" });
  });

  test("are heard during an exchange, which they do not answer", async () => {
    const exchange = thrown(line.exchange(5, readPdu(16, 2), 300, never));
    await until(() => other.bytes > 0, "our request");
    await other.send(request);
    await other.send(registersReply(9, 3, [1, 2, 3]));

    expect(await exchange).toMatchObject({ code: "line.silent" });
    expect(frames.filter((frame) => frame.direction === "heard")).toHaveLength(2);
  });

  test("to the unit that we ask are told from its reply", async () => {
    const exchange = thrown(line.exchange(9, readPdu(16, 3), 300, never));
    await until(() => other.bytes > 0, "our request");
    await other.send(request);

    expect(await exchange).toMatchObject({ code: "line.silent" });
    expect(frames.filter((frame) => frame.direction === "heard")).toHaveLength(1);
  });
});

test("a line that is never silent is given up without a byte sent", async () => {
  await line.close();
  // At this speed the silent interval is 128 ms, which a busy machine does not make by accident.
  const slow = { ...settings, baudRate: 300 };
  line = rtuLine(await serialPorts().open(pair.a, slow, never), slow, pair.a);
  let babbling = true;
  const babble = (async () => {
    while (babbling) {
      await other.send(Uint8Array.of(0x55));
      await new Promise((resolve) => setTimeout(resolve, 1));
    }
  })();

  const fault = await thrown(line.exchange(5, readPdu(1, 1), 200, never));

  babbling = false;
  await babble;
  expect(fault).toEqual({ code: "line.badFrame", unit: 5, reason: "neverSilent" });
  expect(other.bytes).toBe(0);
});
