import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { rtuLine } from "#adapters/modbus/rtuLine.ts";
import { serialPorts } from "#adapters/serial/serialPorts.ts";
import type { Frame, Line } from "#capabilities/line.ts";
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

const settings = { baudRate: 19_200, parity: "none", dataBits: 8, stopBits: 1 } as const;
const never = new AbortController().signal;

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
/** answers every read with words that count up from the offset asked for */
const honest: Script = (request) => [{ afterMs: 0, bytes: replyTo(request) }];
function replyTo(request: Uint8Array): Uint8Array {
  const [unit = 0, called = 0, , offset = 0, , count = 0] = request;
  return registersReply(
    unit,
    called,
    Array.from({ length: count }, (_, i) => offset + i),
  );
}
const wordsIn = (pdu: Uint8Array) =>
  Array.from({ length: (pdu.length - 2) / 2 }, (_, i) => (pdu[2 + 2 * i] ?? 0) * 256 + (pdu[3 + 2 * i] ?? 0));

beforeEach(async () => {
  pair = await openPtyPair();
});
afterEach(async () => {
  await line.close();
  await slave.close();
  await pair.close();
});

describe("an exchange", () => {
  test("gives the reply's PDU and shows both frames as they passed", async () => {
    await openLine(honest);

    const reply = await line.exchange(5, readPdu(100, 2), 500, never);

    expect(wordsIn(reply.pdu)).toEqual([100, 101]);
    expect(reply.latencyMs).toBeGreaterThan(0);
    expect(slave.requests[0]).toEqual(withCrc(5, 3, 0, 100, 0, 2));
    expect(frames.map(({ direction, verdict }) => `${direction} ${verdict}`)).toEqual([
      "sent good",
      "received good",
    ]);
  });

  test("puts a reply together that comes byte by byte, behind a stray byte", async () => {
    await openLine((request) => {
      const [first, ...rest] = replyTo(request);
      return [
        { afterMs: 0, bytes: Uint8Array.of(0xff) },
        { afterMs: 1, bytes: Uint8Array.of(first ?? 0) },
        ...rest.map((byte) => ({ afterMs: 1, bytes: Uint8Array.of(byte) })),
      ];
    });

    const reply = await line.exchange(5, readPdu(7, 3), 500, never);

    expect(wordsIn(reply.pdu)).toEqual([7, 8, 9]);
  });

  test("of a function without a known reply length ends with the silence after it", async () => {
    await openLine(() => [{ afterMs: 5, bytes: withCrc(5, 0x41, 1, 2, 3) }]);

    const reply = await line.exchange(5, Uint8Array.of(0x41), 500, never);

    expect([...reply.pdu]).toEqual([0x41, 1, 2, 3]);
  });

  test("refused by the unit is line.exception with its number", async () => {
    await openLine(() => [{ afterMs: 0, bytes: withCrc(5, 0x83, 2) }]);

    const fault = await thrown(line.exchange(5, readPdu(1, 1), 500, never));

    expect(fault).toEqual({ code: "line.exception", unit: 5, exception: 2 });
  });

  test("with a silent unit is line.silent", async () => {
    await openLine(() => []);

    const fault = await thrown(line.exchange(5, readPdu(1, 1), 60, never));

    expect(fault).toEqual({ code: "line.silent", unit: 5, afterMs: 60 });
  });

  test("with nobody's unit number sends nothing", async () => {
    await openLine(honest);

    expect(await thrown(line.exchange(0, readPdu(1, 1), 60, never))).toEqual({ code: "unit.broadcast" });
    expect(await thrown(line.exchange(248, readPdu(1, 1), 60, never))).toEqual({
      code: "unit.outOfRange",
      unit: 248,
    });
    await line.exchange(1, readPdu(1, 1), 500, never);
    expect(slave.requests).toHaveLength(1);
  });

  test("that is cancelled settles when its reply is in, and rejects", async () => {
    await openLine((request) => [{ afterMs: 40, bytes: replyTo(request) }]);
    const giveUp = new AbortController();
    const exchange = thrown(line.exchange(5, readPdu(1, 1), 500, giveUp.signal));
    await until(() => slave.requests.length === 1, "the request");

    giveUp.abort(new Error("given up"));

    expect(await exchange).toMatchObject({ message: "given up" });
    expect(frames.map((frame) => frame.verdict)).toEqual(["good", "good"]);
  });

  test("never starts before the line was silent for three and a half characters", async () => {
    slave = await openRtuSlave(pair.b, honest);
    const pipe = await serialPorts().open(pair.a, settings, never);
    let lastByteAt = Number.POSITIVE_INFINITY;
    const gaps: number[] = [];
    pipe.onBytes((_, atMs) => {
      lastByteAt = atMs;
    });
    const write = (bytes: Uint8Array) => {
      gaps.push(performance.now() - lastByteAt);
      return pipe.write(bytes);
    };
    line = rtuLine(
      {
        ...pipe,
        write,
        onBytes: pipe.onBytes.bind(pipe),
        onClose: pipe.onClose.bind(pipe),
        close: () => pipe.close(),
      },
      settings,
      pair.a,
    );

    for (let i = 0; i < 50; i += 1) await line.exchange(5, readPdu(i, 1), 500, never);

    const [, ...between] = gaps;
    expect(between).toHaveLength(49);
    expect(Math.min(...between)).toBeGreaterThanOrEqual(35 / 19.2);
    expect(Math.min(...between)).toBeLessThan(2 * (35 / 19.2));
  });
});

describe("a faulty reply", () => {
  test.each([
    ["crc", Uint8Array.of(5, 3, 2, 0, 1, 0, 0)],
    ["short", Uint8Array.of(5, 3)],
    ["wrongUnit", registersReply(6, 3, [1])],
    ["wrongFunction", registersReply(5, 4, [1])],
    ["wrongLength", registersReply(5, 3, [1, 2])],
  ])("is line.badFrame: %s", async (reason, bytes) => {
    await openLine(() => [{ afterMs: 0, bytes }]);

    const fault = await thrown(line.exchange(5, readPdu(1, 1), 400, never));

    expect(fault).toEqual({ code: "line.badFrame", unit: 5, reason });
    expect(frames.filter((frame) => frame.direction === "heard")).toEqual([]);
  });

  test.each([
    ["with a wrong checksum", Uint8Array.of(5, 3, 4, 0, 7, 0, 8, 0, 0)],
    ["with a damaged head", Uint8Array.of(7, 1, 4, 0, 7, 0, 8, 0, 0)],
    ["refusing, with a wrong checksum", Uint8Array.of(5, 0x83, 2, 0, 0)],
  ])("that came whole, %s, ends the wait at once", async (_, bytes) => {
    await openLine(() => [{ afterMs: 0, bytes }]);
    const before = performance.now();

    const fault = await thrown(line.exchange(5, readPdu(7, 2), 5000, never));

    expect(fault).toEqual({ code: "line.badFrame", unit: 5, reason: "crc" });
    expect(performance.now() - before).toBeLessThan(2500);
  });

  test("that is short is waited on for the rest", async () => {
    await openLine((request) => {
      const bytes = replyTo(request);
      return [
        { afterMs: 0, bytes: bytes.slice(0, 4) },
        { afterMs: 60, bytes: bytes.slice(4) },
      ];
    });

    const reply = await line.exchange(5, readPdu(7, 2), 2000, never);

    expect(wordsIn(reply.pdu)).toEqual([7, 8]);
  });

  test("does not keep a good one behind it from being taken", async () => {
    await openLine((request) => [
      { afterMs: 0, bytes: registersReply(6, 3, [99]) },
      { afterMs: 5, bytes: replyTo(request) },
    ]);

    const reply = await line.exchange(5, readPdu(7, 1), 2000, never);

    expect(wordsIn(reply.pdu)).toEqual([7]);
  });
});

describe("a line whose adapter echoes", () => {
  test("is read without the echo being taken for a reply", async () => {
    await openLine((request) => [
      { afterMs: 0, bytes: request },
      { afterMs: 5, bytes: request[1] === 6 ? request : replyTo(request) },
    ]);

    expect(wordsIn((await line.exchange(5, readPdu(7, 2), 2000, never)).pdu)).toEqual([7, 8]);
    const write = Uint8Array.of(6, 0, 1, 0, 9);
    expect([...(await line.exchange(5, write, 2000, never)).pdu]).toEqual([...write]);
  });

  test("has a dead unit behind it reported as silent, for a write as for a read", async () => {
    await openLine((request) => [{ afterMs: 0, bytes: request }]);

    expect(await thrown(line.exchange(5, readPdu(7, 2), 60, never))).toMatchObject({ code: "line.silent" });
    expect(await thrown(line.exchange(5, Uint8Array.of(6, 0, 1, 0, 9), 60, never))).toMatchObject({
      code: "line.silent",
    });
  });
});

describe("a lost port", () => {
  test("ends the exchange in flight and every later one with line.lost", async () => {
    await openLine(() => []);
    const exchange = thrown(line.exchange(5, readPdu(1, 1), 5000, never));
    await until(() => slave.requests.length === 1, "the request");

    await pair.close();

    expect(await exchange).toEqual({ code: "line.lost", port: pair.a });
    expect(await thrown(line.exchange(5, readPdu(1, 1), 50, never))).toEqual({
      code: "line.lost",
      port: pair.a,
    });
  });
});
