import { createServer, type Server, type Socket } from "node:net";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { tcpLine } from "#adapters/modbus/tcpLine.ts";
import { openTcpPipe } from "#adapters/tcp/tcpPipe.ts";
import type { Frame, Line } from "#capabilities/line.ts";
import { readPdu } from "#test/support/rtuSlave.ts";
import { thrown } from "#test/support/thrown.ts";
import { until } from "#test/support/until.ts";

const never = new AbortController().signal;
let server: Server;
let requests: Buffer[];
let socket: Socket;
let line: Line;
let frames: Frame[];
let answer: (request: Buffer, count: number) => void;

beforeEach(async () => {
  requests = [];
  server = createServer((peer) => {
    socket = peer;
    peer.on("error", () => undefined);
    peer.on("data", (request) => {
      requests.push(request);
      answer(request, requests.length);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as { port: number };
  line = tcpLine(await openTcpPipe("127.0.0.1", port, never), "plc");
  frames = [];
  line.onFrame((frame) => frames.push(frame));
});
afterEach(async () => {
  await line.close();
  socket?.destroy();
  server.close();
});

/** the reply to a read request: its transaction, its unit, and the offset as every word */
function replyTo(request: Buffer, changes: { unit?: number; words?: number } = {}): Buffer {
  const words = changes.words ?? request.readUInt16BE(10);
  const reply = Buffer.alloc(9 + words * 2);
  request.copy(reply, 0, 0, 8);
  reply.writeUInt16BE(3 + words * 2, 4);
  if (changes.unit !== undefined) reply[6] = changes.unit;
  reply[8] = words * 2;
  for (let i = 0; i < words; i += 1) reply.writeUInt16BE(request.readUInt16BE(8), 9 + i * 2);
  return reply;
}
const firstWord = (pdu: Uint8Array) => (pdu[2] ?? 0) * 256 + (pdu[3] ?? 0);

describe("an exchange over TCP", () => {
  test("puts a reply together that comes in pieces", async () => {
    answer = (request) => {
      const reply = replyTo(request);
      socket.write(reply.subarray(0, 4));
      setTimeout(() => socket.write(reply.subarray(4)), 10);
    };

    const reply = await line.exchange(1, readPdu(300, 2), 500, never);

    expect(firstWord(reply.pdu)).toBe(300);
    expect(frames.map(({ direction, verdict }) => `${direction} ${verdict}`)).toEqual([
      "sent good",
      "received good",
    ]);
    expect(frames[1]?.bytes).toHaveLength(13);
  });

  test("goes out one at a time, in the order of asking", async () => {
    let outstanding = 0;
    let most = 0;
    answer = (request) => {
      outstanding += 1;
      most = Math.max(most, outstanding);
      setTimeout(() => {
        outstanding -= 1;
        socket.write(replyTo(request));
      }, 5);
    };

    const replies = await Promise.all(
      [10, 20, 30].map((offset) => line.exchange(1, readPdu(offset, 1), 500, never)),
    );

    expect(replies.map(({ pdu }) => firstWord(pdu))).toEqual([10, 20, 30]);
    expect(most).toBe(1);
  });

  test("never takes a late reply for its own", async () => {
    answer = (request, count) => {
      const late = count === 1 ? 70 : 40;
      setTimeout(() => socket.write(replyTo(request)), late);
    };
    expect(await thrown(line.exchange(1, readPdu(10, 1), 50, never))).toEqual({
      code: "line.silent",
      unit: 1,
      afterMs: 50,
    });

    const reply = await line.exchange(1, readPdu(20, 1), 500, never);

    expect(firstWord(reply.pdu)).toBe(20);
    expect(frames.map((frame) => frame.verdict)).toContain("unexpected");
  });

  test("refused by the unit is line.exception", async () => {
    answer = (request) => socket.write(Buffer.from([...request.subarray(0, 4), 0, 3, 1, 0x83, 11]));

    expect(await thrown(line.exchange(1, readPdu(10, 1), 500, never))).toEqual({
      code: "line.exception",
      unit: 1,
      exception: 11,
    });
  });

  test.each([
    ["wrongUnit", { unit: 2 }],
    ["wrongLength", { words: 3 }],
  ])("answered by something that does not fit is line.badFrame: %s", async (reason, changes) => {
    answer = (request) => socket.write(replyTo(request, changes));

    expect(await thrown(line.exchange(1, readPdu(10, 1), 500, never))).toEqual({
      code: "line.badFrame",
      unit: 1,
      reason,
    });
  });

  test("speaks to units 1 to 255, those that the standard keeps back among them, but not to unit 0", async () => {
    answer = (request) => socket.write(replyTo(request));

    for (const unit of [1, 248, 255])
      expect(firstWord((await line.exchange(unit, readPdu(10, 1), 500, never)).pdu)).toBe(10);
    expect(await thrown(line.exchange(0, readPdu(10, 1), 500, never))).toEqual({ code: "unit.broadcast" });
    expect(await thrown(line.exchange(256, readPdu(10, 1), 500, never))).toMatchObject({
      code: "unit.outOfRange",
    });
    expect(requests).toHaveLength(3);
  });
});

describe("a TCP line", () => {
  test.each([
    ["bytes that are no header", Buffer.from("HTTP/1.1 400\r\n")],
    ["another protocol's number", Buffer.from([0, 1, 0, 7, 0, 3, 1, 3, 0])],
  ])("that gets %s is closed as lost", async (_, bytes) => {
    answer = () => socket.write(bytes);
    const ends: unknown[] = [];
    line.onClose((error) => ends.push(error));

    expect(await thrown(line.exchange(1, readPdu(10, 1), 5000, never))).toEqual({
      code: "line.lost",
      port: "plc",
    });

    await until(() => ends.length > 0, "the end");
    expect(ends).toHaveLength(1);
    expect(ends[0]).toMatchObject({ fault: { code: "line.lost" } });
    expect(await thrown(line.exchange(1, readPdu(10, 1), 50, never))).toMatchObject({ code: "line.lost" });
  });

  test("whose peer hangs up before it answered anything says that it was turned away", async () => {
    answer = () => socket.destroy();

    expect(await thrown(line.exchange(1, readPdu(10, 1), 5000, never))).toEqual({
      code: "line.turnedAway",
      port: "plc",
    });
  });

  test("whose peer hangs up rejects the exchange in flight", async () => {
    answer = (request, count) => (count === 1 ? socket.write(replyTo(request)) : socket.destroy());
    await line.exchange(1, readPdu(10, 1), 5000, never);

    expect(await thrown(line.exchange(1, readPdu(10, 1), 5000, never))).toEqual({
      code: "line.lost",
      port: "plc",
    });
  });

  test("hears nothing and sends nothing while it listens", async () => {
    expect(await line.listen(30, never)).toEqual({ bytes: 0, frames: [] });
    expect(requests).toEqual([]);
  });
});
