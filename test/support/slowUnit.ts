import { once } from "node:events";
import { type AddressInfo, createServer, type Socket } from "node:net";
import { rtuFrame } from "#domain/modbus/rtuFrame.ts";

/** A read as it reached the unit. */
export interface AskedRead {
  readonly unit: number;
  readonly called: number;
  readonly offset: number;
  readonly count: number;
  /** the frame of the right answer, or of another unit's or place's */
  frame(change?: { readonly unit?: number; readonly offset?: number }): Uint8Array;
}

export interface SlowAnswer {
  /** counted from the answer before, or from the moment at which the unit turns to the request */
  readonly afterMs: number;
  /** not sent at all when this machine's stalls have made it later than that; counted as `afterMs` is */
  readonly atMostMs?: number;
  readonly bytes: Uint8Array;
}

export interface SlowUnit {
  readonly port: number;
  /** ends the connection as a power cut does */
  drop(): void;
  close(): Promise<void>;
}

/**
 * RTU units behind a socket that answer reads by script. With `inOrder` a unit is busy with a request until its last
 * answer is out, as real ones are; without, each answer comes at its own time, even before that to an earlier request.
 *
 * @param wordAt what register `offset` holds
 */
export async function openSlowUnit(
  inOrder: boolean,
  wordAt: (offset: number) => number,
  script: (asked: AskedRead) => readonly SlowAnswer[],
): Promise<SlowUnit> {
  const sockets = new Set<Socket>();
  const server = createServer({ noDelay: true }, (socket) => {
    let pending = Buffer.alloc(0);
    let busy: Promise<void> = Promise.resolve();
    sockets.add(socket);
    socket.on("error", () => socket.destroy());
    socket.on("close", () => sockets.delete(socket));
    socket.on("data", (chunk) => {
      pending = Buffer.concat([pending, chunk]);
      for (; pending.length >= 8; pending = pending.subarray(8)) {
        const answers = script(readIn(pending, wordAt));
        if (inOrder) busy = busy.then(() => send(socket, answers));
        else void send(socket, answers);
      }
    });
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  const drop = () => {
    for (const socket of sockets) socket.resetAndDestroy();
  };
  return {
    port: (server.address() as AddressInfo).port,
    drop,
    async close() {
      drop();
      server.close();
      await once(server, "close");
    },
  };
}

async function send(socket: Socket, answers: readonly SlowAnswer[]): Promise<void> {
  for (const { afterMs, atMostMs, bytes } of answers) {
    const asked = performance.now();
    if (afterMs > 0) await new Promise((resolve) => setTimeout(resolve, afterMs));
    const isTooLate = atMostMs !== undefined && performance.now() - asked > atMostMs;
    if (!socket.destroyed && !isTooLate) socket.write(bytes);
  }
}

function readIn(bytes: Buffer, wordAt: (offset: number) => number): AskedRead {
  const asked = {
    unit: bytes.readUInt8(0),
    called: bytes.readUInt8(1),
    offset: bytes.readUInt16BE(2),
    count: bytes.readUInt16BE(4),
  };
  return {
    ...asked,
    frame(change) {
      const { unit, called, offset, count } = { ...asked, ...change };
      const words = Array.from({ length: count }, (_, index) => wordAt(offset + index));
      const data = words.flatMap((word) => [word >> 8, word & 0xff]);
      return rtuFrame(unit, Uint8Array.of(called, count * 2, ...data));
    },
  };
}
