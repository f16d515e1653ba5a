import { afterEach, beforeEach, expect, test } from "vitest";
import { rtuLine } from "#adapters/modbus/rtuLine.ts";
import { serialPorts } from "#adapters/serial/serialPorts.ts";
import type { Frame, Line } from "#capabilities/line.ts";
import { hasFault } from "#domain/fault.ts";
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
const timeoutMs = 120;
/** past the time-out, and before a reply counts as past coming */
const lateMs = 180;
/** for what is answered: a busy machine may take its time */
const patientMs = 2000;

let pair: PtyPair;
let slave: RtuSlave;
let line: Line;
let frames: Frame[];

async function openLine(script: Script): Promise<void> {
  slave = await openRtuSlave(pair.b, script);
  line = rtuLine(await serialPorts().open(pair.a, settings, never), settings, pair.a);
  frames = [];
  line.onFrame((frame) => frames.push(frame));
}
function replyTo(request: Uint8Array): Uint8Array {
  const [unit = 0, called = 0, , offset = 0, , count = 0] = request;
  return registersReply(
    unit,
    called,
    Array.from({ length: count }, (_, i) => offset + i),
  );
}
const firstWord = (pdu: Uint8Array) => (pdu[2] ?? 0) * 256 + (pdu[3] ?? 0);
const heard = () => frames.filter((frame) => frame.direction === "heard");

beforeEach(async () => {
  pair = await openPtyPair();
});
afterEach(async () => {
  await line.close();
  await slave.close();
  await pair.close();
});

test("a late reply is never taken for another request of its unit, function and length", async () => {
  await openLine((request, count) => [{ afterMs: count === 1 ? lateMs : 0, bytes: replyTo(request) }]);
  expect(await thrown(line.exchange(5, readPdu(100, 2), timeoutMs, never))).toMatchObject({
    code: "line.silent",
  });

  const reply = await line.exchange(5, readPdu(200, 2), patientMs, never);

  expect(firstWord(reply.pdu)).toBe(200);
  expect(heard()).toEqual([]);
});

test("after a reply that did not come, another read of its shape goes at once, one register longer", async () => {
  await openLine((request, count) => (count === 1 ? [] : [{ afterMs: 0, bytes: replyTo(request) }]));
  await thrown(line.exchange(5, readPdu(100, 2), 1000, never));
  const before = performance.now();

  const reply = await line.exchange(5, readPdu(200, 2), 1000, never);

  expect([...reply.pdu]).toEqual([3, 4, 0, 200, 0, 201]);
  expect(slave.requests[1]).toEqual(withCrc(5, 3, 0, 200, 0, 3));
  expect(performance.now() - before).toBeLessThan(900);
});

test("a unit that refuses the longer read is asked as before, and not tempted again", async () => {
  await openLine((request, count) => {
    if (count === 1) return [];
    const [, , , , , registers = 0] = request;
    return [{ afterMs: 0, bytes: registers > 2 ? withCrc(5, 0x83, 2) : replyTo(request) }];
  });
  await thrown(line.exchange(5, readPdu(100, 2), timeoutMs, never));

  // Whose refusal it is cannot be known the first time, so that read may fail, but never be wrong.
  const first = await line.exchange(5, readPdu(200, 2), timeoutMs, never).catch(() => undefined);
  const second = await line.exchange(5, readPdu(200, 2), timeoutMs, never);

  expect(first === undefined || firstWord(first.pdu) === 200).toBe(true);
  expect(firstWord(second.pdu)).toBe(200);
});

test("a read that can be no longer is preceded by a shorter one, whose answer shows that the late reply is past", async () => {
  await openLine((request, count) => (count === 1 ? [] : [{ afterMs: 0, bytes: replyTo(request) }]));
  await thrown(line.exchange(5, readPdu(0, 125), timeoutMs, never));

  const reply = await line.exchange(5, readPdu(100, 125), 1000, never);

  expect(firstWord(reply.pdu)).toBe(100);
  expect(slave.requests.slice(1)).toEqual([withCrc(5, 3, 0, 100, 0, 1), withCrc(5, 3, 0, 100, 0, 125)]);
});

test("a request of another shape goes at once, and the late reply in between is passed by", async () => {
  await openLine((request, count) => [
    { afterMs: count === 1 ? lateMs : timeoutMs, bytes: replyTo(request) },
  ]);
  await thrown(line.exchange(5, readPdu(100, 2), timeoutMs, never));

  const reply = await line.exchange(5, readPdu(200, 3), patientMs, never);

  expect(firstWord(reply.pdu)).toBe(200);
  const passed = frames.map(({ direction, verdict }) => `${direction} ${verdict}`);
  expect(passed).toEqual(["sent good", "sent good", "received unexpected", "received good"]);
  expect(heard()).toEqual([]);
});

test("the same request is repeated at once, and its second reply is not taken for the next request", async () => {
  await openLine((request, count) => {
    const afterMs = count === 1 ? lateMs : timeoutMs;
    return [{ afterMs, bytes: replyTo(request) }];
  });
  await thrown(line.exchange(5, readPdu(100, 2), timeoutMs, never));

  const again = await line.exchange(5, readPdu(100, 2), 3 * timeoutMs, never);
  const next = await line.exchange(5, readPdu(200, 2), patientMs, never);

  expect(firstWord(again.pdu)).toBe(100);
  expect(firstWord(next.pdu)).toBe(200);
  expect(heard()).toEqual([]);
});

test("a late refusal is not taken for the refusal of another request", async () => {
  await openLine((request, count) => [
    count === 1
      ? { afterMs: lateMs, bytes: withCrc(5, 0x83, 2) }
      : { afterMs: timeoutMs, bytes: replyTo(request) },
  ]);
  await thrown(line.exchange(5, readPdu(100, 2), timeoutMs, never));

  const reply = await line.exchange(5, readPdu(200, 3), patientMs, never);

  expect(firstWord(reply.pdu)).toBe(200);
});

test("a late reply while nobody asks is ours, not another master's", async () => {
  await openLine((request) => [{ afterMs: lateMs, bytes: replyTo(request) }]);
  await thrown(line.exchange(5, readPdu(100, 2), timeoutMs, never));

  await until(() => frames.some((frame) => frame.verdict === "unexpected"), "the late reply");

  expect(heard()).toEqual([]);
});

test("the reply of a second unit with the same number is not another master's", async () => {
  await openLine((request) => [
    { afterMs: 0, bytes: replyTo(request) },
    { afterMs: 40, bytes: registersReply(5, 3, [1]) },
  ]);

  const reply = await line.exchange(5, readPdu(100, 1), patientMs, never);

  expect(firstWord(reply.pdu)).toBe(100);
  await until(() => frames.length === 3, "the second reply");
  expect(frames[2]).toMatchObject({ direction: "received", verdict: "unexpected" });
});

test("no delay up to nearly twice the time-out ever yields a wrong value", async () => {
  // A fixed sequence of delays, some past the time-out of 150 ms, so that a failure can be repeated.
  let seed = 7;
  const random = (below: number) => {
    seed = (seed * 48_271) % 2_147_483_647;
    return seed % below;
  };
  await openLine((request) => [
    { afterMs: random(3) === 0 ? 125 + random(135) : random(20), withinMs: 270, bytes: replyTo(request) },
  ]);
  let answered = 0;
  for (let i = 0; i < 40; i += 1) {
    const offset = random(256);
    try {
      const reply = await line.exchange(1 + random(2), readPdu(offset, 1 + random(2)), 150, never);
      expect(firstWord(reply.pdu)).toBe(offset);
      answered += 1;
    } catch (error) {
      if (!hasFault(error, "line.silent") && !hasFault(error, "line.badFrame")) throw error;
    }
  }
  expect(answered).toBeGreaterThan(15);
  expect(answered).toBeLessThan(40);
});
