import { connect, type Socket } from "node:net";
import { error } from "../refusal.ts";
import type { MasterLink, Outcome } from "./masterLink.ts";

/** Modbus TCP: connects on the first read; an exception is error 3000, silence 3015, a wrong frame 3009. */
export function openTcpLink(host: string, port: number, timeoutMs: number): MasterLink {
  const counts = { sent: 0, received: 0 };
  let socket: Socket | undefined;
  let received = Buffer.alloc(0);
  let transaction = 0;
  let settle: ((outcome: Outcome) => void) | undefined;
  let wanted = { transaction: 0, unit: 0, code: 0 };

  function drop(): void {
    socket?.destroy();
    socket = undefined;
    received = Buffer.alloc(0);
    settle?.({ error: error.disconnected });
  }

  function take(bytes: Buffer): void {
    counts.received += bytes.length;
    received = Buffer.concat([received, bytes]);
    while (received.length >= 8 && received.length >= 6 + received.readUInt16BE(4)) {
      const size = 6 + received.readUInt16BE(4);
      const frame = received.subarray(0, size);
      received = received.subarray(size);
      if (frame.readUInt16BE(0) !== wanted.transaction || settle === undefined) continue;
      const code = frame[7] ?? 0;
      if (frame[6] !== wanted.unit || (code & 0x7f) !== wanted.code) {
        settle({ error: error.protocol });
        drop();
      } else if (code >= 0x80) settle({ error: error.readFailure });
      else settle({ pdu: Uint8Array.from(frame.subarray(7)) });
    }
  }

  return {
    counts,
    get connected() {
      return socket !== undefined;
    },
    open() {
      if (socket !== undefined) return Promise.resolve(true);
      return new Promise((done) => {
        const next = connect({ host, port, noDelay: true });
        const giveUp = setTimeout(() => next.destroy(new Error("timeout")), Math.max(100, timeoutMs));
        next.once("connect", () => {
          clearTimeout(giveUp);
          socket = next;
          done(true);
        });
        next.on("data", take);
        next.on("error", () => undefined);
        next.on("close", () => {
          clearTimeout(giveUp);
          if (socket === next) drop();
          done(false);
        });
      });
    },
    exchange(unit, pdu) {
      if (socket === undefined) return Promise.resolve({ error: error.disconnected });
      transaction = (transaction + 1) & 0xffff;
      wanted = { transaction, unit, code: pdu[0] ?? 0 };
      const head = Buffer.alloc(7);
      head.writeUInt16BE(transaction, 0);
      head.writeUInt16BE(pdu.length + 1, 4);
      head.writeUInt8(unit, 6);
      socket.write(Buffer.concat([head, pdu]));
      counts.sent += 7 + pdu.length;
      return new Promise((done) => {
        const silence = setTimeout(() => settle?.({ error: error.noAnswer }), timeoutMs);
        settle = (outcome) => {
          clearTimeout(silence);
          settle = undefined;
          done(outcome);
        };
      });
    },
    close: drop,
  };
}
