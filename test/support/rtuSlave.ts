import { SerialPort } from "serialport";

/** What a scripted unit does with a request: bytes to send, each after a wait counted from the one before. */
export type Script = (request: Uint8Array, count: number) => readonly ScriptedAnswer[];

export interface ScriptedAnswer {
  readonly afterMs: number;
  readonly bytes: Uint8Array;
  /** left out when a busy machine would send it later than this, counted from the request */
  readonly withinMs?: number;
}

export interface RtuSlave {
  /** every request that arrived, checksum included */
  readonly requests: readonly Uint8Array[];
  /** every byte that arrived */
  readonly bytes: number;
  /** sends unasked, as another master or a noisy line would */
  send(bytes: Uint8Array): Promise<void>;
  close(): Promise<void>;
}

/** A unit on a serial port that answers by script, so that it can be late, wrong or noisy. */
export async function openRtuSlave(path: string, script: Script): Promise<RtuSlave> {
  const port = new SerialPort({ path, baudRate: 19_200, autoOpen: false });
  await new Promise<void>((resolve, reject) => port.open((error) => (error ? reject(error) : resolve())));
  const requests: Uint8Array[] = [];
  let pending: number[] = [];
  let total = 0;
  let lastAt = 0;
  let gap: NodeJS.Timeout | undefined;
  const send = (bytes: Uint8Array) =>
    new Promise<void>((resolve, reject) =>
      port.write(Buffer.from(bytes), (error) => (error ? reject(error) : resolve())),
    );
  const answer = async () => {
    const request = Uint8Array.from(pending);
    const cameAt = lastAt;
    pending = [];
    requests.push(request);
    for (const { afterMs, bytes, withinMs = Number.POSITIVE_INFINITY } of script(request, requests.length)) {
      await new Promise((resolve) => setTimeout(resolve, afterMs));
      if (port.isOpen && performance.now() - cameAt < withinMs) await send(bytes);
    }
  };
  port.on("data", (chunk: Buffer) => {
    total += chunk.length;
    lastAt = performance.now();
    pending.push(...chunk);
    clearTimeout(gap);
    gap = setTimeout(() => void answer(), 2);
  });
  return {
    requests,
    get bytes() {
      return total;
    },
    send,
    close: () => new Promise((resolve) => (port.isOpen ? port.close(() => resolve()) : resolve())),
  };
}

/** A frame with its checksum, computed bit by bit as the standard describes it. */
export function withCrc(...bytes: readonly number[]): Uint8Array {
  let crc = 0xffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit += 1) crc = crc & 1 ? (crc >> 1) ^ 0xa001 : crc >> 1;
  }
  return Uint8Array.of(...bytes, crc & 0xff, crc >> 8);
}

/** The reply to a read of registers (function 3 or 4). */
export function registersReply(unit: number, called: number, words: readonly number[]): Uint8Array {
  return withCrc(unit, called, words.length * 2, ...words.flatMap((word) => [word >> 8, word & 0xff]));
}

/** A read of registers as PDU. */
export function readPdu(offset: number, count: number, called = 3): Uint8Array {
  return Uint8Array.of(called, offset >> 8, offset & 0xff, count >> 8, count & 0xff);
}
