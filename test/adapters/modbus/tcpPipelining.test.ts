import { createServer, type Server, type Socket } from "node:net";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { TcpDepth } from "#adapters/modbus/tcpDepth.ts";
import { tcpLine } from "#adapters/modbus/tcpLine.ts";
import { openTcpPipe } from "#adapters/tcp/tcpPipe.ts";
import type { Line } from "#capabilities/line.ts";
import { tcpFrame } from "#domain/modbus/tcpFrame.ts";
import { readPdu } from "#test/support/rtuSlave.ts";
import { thrown } from "#test/support/thrown.ts";
import { until } from "#test/support/until.ts";

const never = new AbortController().signal;

interface Asked {
  readonly transaction: number;
  readonly unit: number;
  readonly code: number;
  readonly offset: number;
}

let server: Server;
let port: number;
let socket: Socket;
let line: Line;
let depth: TcpDepth;
/** requests by the write that brought them */
let writes: (readonly Asked[])[];
let answer: (asked: readonly Asked[]) => void;

function reply({ transaction, unit, offset }: Asked, as = transaction): void {
  if (socket.destroyed) return;
  socket.write(tcpFrame({ transaction: as, unit, pdu: Uint8Array.of(3, 2, offset >> 8, offset & 0xff) }));
}

function refuse({ transaction, unit, code }: Asked, exception: number): void {
  socket.write(tcpFrame({ transaction, unit, pdu: Uint8Array.of(code | 0x80, exception) }));
}

const replyAll = (asked: readonly Asked[]) => {
  for (const one of asked) reply(one);
};

function requestsIn(bytes: Buffer): readonly Asked[] {
  return Array.from({ length: bytes.length / 12 }, (_, i) => ({
    transaction: bytes.readUInt16BE(i * 12),
    unit: bytes.readUInt8(i * 12 + 6),
    code: bytes.readUInt8(i * 12 + 7),
    offset: bytes.readUInt16BE(i * 12 + 8),
  }));
}

async function connect(): Promise<void> {
  line = tcpLine(await openTcpPipe("127.0.0.1", port, never), "plc", depth);
}

/** reads a register that holds its own offset */
async function read(offset: number, unit = 1, timeoutMs = 3000): Promise<number> {
  const { pdu } = await line.exchange(unit, readPdu(offset, 1), timeoutMs, never);
  return (pdu[2] ?? 0) * 256 + (pdu[3] ?? 0);
}

const offsets = (count: number, from = 0) => Array.from({ length: count }, (_, i) => from + i);
const readAll = (all: readonly number[]) => Promise.all(all.map((offset) => read(offset)));

/** asks so much at once, from a device that answers after a while however many there are, that it is asked `atOnce` */
async function reach(atOnce: number): Promise<void> {
  const before = answer;
  answer = (asked) => setTimeout(() => replyAll(asked), 3);
  await until(async () => {
    await readAll(offsets(64, 1000));
    return (line.atOnce ?? 1) >= atOnce;
  }, `${atOnce} at once`);
  answer = before;
  writes.length = 0;
}

beforeEach(async () => {
  writes = [];
  answer = replyAll;
  server = createServer({ noDelay: true }, (peer) => {
    socket = peer;
    peer.on("error", () => undefined);
    peer.on("data", (bytes) => {
      const asked = requestsIn(bytes);
      writes.push(asked);
      answer(asked);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  port = (server.address() as { port: number }).port;
  depth = new TcpDepth();
  await connect();
});
afterEach(async () => {
  await line.close();
  socket?.destroy();
  server.close();
});

describe("how many are asked at once", () => {
  test("is one at first", async () => {
    await readAll(offsets(6));

    expect(writes.every((asked) => asked.length === 1)).toBe(true);
  });

  test("grows while answers come faster for it, and those of one turn go out in one write", async () => {
    await reach(16);

    expect(await readAll(offsets(16))).toEqual(offsets(16));

    expect(writes.map((asked) => asked.length)).toEqual([16]);
  });

  test("is halved when the device is busy with so many, and nobody hears of it", async () => {
    await reach(16);
    let outstanding = 0;
    answer = (asked) => {
      for (const one of asked) {
        if (outstanding >= 8) refuse(one, 6);
        else {
          outstanding += 1;
          setTimeout(() => {
            outstanding -= 1;
            reply(one);
          }, 5);
        }
      }
    };

    expect(await readAll(offsets(40))).toEqual(offsets(40));

    expect(line.atOnce).toBe(8);
  });

  test("is one for good with a device that forgets what came while it was at work", async () => {
    await reach(16);
    answer = (asked) => asked[0] && reply(asked[0]);

    expect(await Promise.all(offsets(16).map((offset) => read(offset, 1, 1000)))).toEqual(offsets(16));
    answer = replyAll;
    for (let i = 0; i < 10; i += 1) await readAll(offsets(32));

    expect(line.atOnce).toBe(1);
  });

  test("is one for good with a device that hangs up on several, also over a new connection", async () => {
    await reach(4);
    answer = (asked) => (asked.length > 1 ? socket.resetAndDestroy() : replyAll(asked));

    const faults = await Promise.all(offsets(4).map((offset) => thrown(read(offset))));
    await connect();
    const again = await readAll(offsets(8));

    expect(faults).toEqual(offsets(4).map(() => ({ code: "line.lost", port: "plc" })));
    expect(again).toEqual(offsets(8));
    expect(line.atOnce).toBe(1);
  });

  test("stays when it is one unit behind the gateway that died", async () => {
    await readAll([1]);
    await read(7, 9);
    await reach(4);
    answer = (asked) => replyAll(asked.filter(({ unit }) => unit !== 9));

    const [dead, ...others] = await Promise.all([
      thrown(read(7, 9, 800)),
      ...offsets(3).map((offset) => read(offset)),
    ]);
    expect(dead).toEqual({ code: "line.silent", unit: 9, afterMs: 800 });
    expect(others).toEqual(offsets(3));
    expect(line.atOnce).toBeGreaterThanOrEqual(4);

    const order: string[] = [];
    const stillDead = thrown(read(7, 9, 800)).finally(() => order.push("dead"));
    expect(await readAll(offsets(20))).toEqual(offsets(20));
    order.push("others");
    expect(await stillDead).toMatchObject({ code: "line.silent" });
    expect(order).toEqual(["others", "dead"]);
  });
});

describe("answers to several at once", () => {
  test("in the reverse order find their requests by the transaction number", async () => {
    await reach(16);
    answer = (asked) => replyAll([...asked].reverse());

    expect(await readAll(offsets(64))).toEqual(offsets(64));

    expect(line.atOnce).toBe(16);
  });

  test.each([
    ["all bear the last request's number", (asked: readonly Asked[]) => asked.at(-1)?.transaction ?? 0],
    ["bear numbers of the device's own", () => 40_000],
  ])("that %s are refused, and each is asked again alone", async (_, numberOf) => {
    await reach(16);
    answer = (asked) => {
      const as = asked.length > 1 ? numberOf(asked) : undefined;
      for (const one of asked) reply(one, as);
    };

    expect(await Promise.all(offsets(16).map((offset) => read(offset, 1, 1000)))).toEqual(offsets(16));

    expect(line.atOnce).toBe(1);
    writes.length = 0;
    await readAll(offsets(8));
    expect(writes.every((asked) => asked.length === 1)).toBe(true);
  });

  test("are refused too when the device lost the request before and gives its number to nobody", async () => {
    await reach(4);
    // The first one's values under the second one's number, and the second one's never.
    answer = ([first, second, ...others]) => {
      if (first) reply(first, (second ?? first).transaction);
      replyAll(others);
    };

    expect(await Promise.all(offsets(4).map((offset) => read(offset, 1, 1000)))).toEqual(offsets(4));
  });

  test("reject all at once when the connection is cut, and none of them hangs", async () => {
    await reach(16);
    answer = (asked) => {
      replyAll(asked.slice(0, 5));
      setTimeout(() => socket.resetAndDestroy(), 5);
    };
    const begun = performance.now();

    const outcomes = await Promise.all(offsets(16).map((offset) => thrown(read(offset, 1, 5000))));

    expect(outcomes.filter((outcome) => outcome === undefined)).toHaveLength(5);
    expect(performance.now() - begun).toBeLessThan(2000);
  });
});

test("a write goes alone, after the reads before it and before those after it, and is never sent twice", async () => {
  await reach(4);
  let outstanding = 0;
  const beside: number[] = [];
  answer = (asked) => {
    for (const one of asked) {
      if (one.code === 6) {
        beside.push(outstanding);
        continue;
      }
      outstanding += 1;
      setTimeout(() => {
        outstanding -= 1;
        reply(one);
      }, 5);
    }
  };

  const [, written, after] = await Promise.all([
    readAll(offsets(3)),
    thrown(line.exchange(1, Uint8Array.of(6, 0, 9, 0, 1), 200, never)),
    readAll(offsets(3, 10)),
  ]);

  expect(written).toMatchObject({ code: "line.silent" });
  expect(after).toEqual([10, 11, 12]);
  expect(beside).toEqual([0]);
  expect(writes.flat().filter(({ code }) => code === 6)).toHaveLength(1);
});

test("300 asked at once, of a device that is late, silent or mixed up at times, give no wrong value", async () => {
  let seed = 11;
  const random = () => {
    seed = (seed * 48_271) % 2_147_483_647;
    return seed / 2_147_483_647;
  };
  answer = (asked) => {
    for (const one of asked) {
      const dice = random();
      if (dice < 0.02) continue;
      const afterMs = dice < 0.05 ? 100 + 100 * random() : 0;
      const as = dice > 0.98 ? (asked.at(-1)?.transaction ?? 0) : one.transaction;
      if (afterMs > 0) setTimeout(() => reply(one, as), afterMs);
      else reply(one, as);
    }
  };
  let right = 0;

  await Promise.all(
    offsets(300).map(async (offset) => {
      const value = await read(offset, 1 + (offset % 3), 150).catch(() => undefined);
      if (value === undefined) return;
      expect(value).toBe(offset);
      right += 1;
    }),
  );

  expect(right).toBeGreaterThan(200);
});
