import { describe, expect, test } from "vitest";
import { rtuLine } from "#adapters/modbus/rtuLine.ts";
import { findReply } from "#adapters/modbus/rtuReply.ts";
import type { BytePipe } from "#capabilities/line.ts";
import { type HearState, hear, heardNothing, hearFrames } from "#domain/modbus/judge.ts";
import { replyFits } from "#domain/modbus/replyFits.ts";
import { rtuFrame } from "#domain/modbus/rtuFrame.ts";
import { takeTcpFrames, tcpFrame } from "#domain/modbus/tcpFrame.ts";
import { withCrc } from "#test/support/rtuSlave.ts";
import { until } from "#test/support/until.ts";

/** xorshift32, so that a failure can be repeated from its seed. */
function randoms(seed: number): (below: number) => number {
  let state = seed | 1;
  return (below) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % below;
  };
}
type Random = ReturnType<typeof randoms>;

const requests = [
  { unit: 5, pdu: Uint8Array.of(3, 0, 10, 0, 4) },
  { unit: 17, pdu: Uint8Array.of(4, 1, 0, 0, 1) },
  { unit: 5, pdu: Uint8Array.of(1, 0, 3, 0, 20) },
  { unit: 1, pdu: Uint8Array.of(16, 0, 1, 0, 1, 2, 7, 7) },
  { unit: 247, pdu: Uint8Array.of(17) },
  { unit: 9, pdu: Uint8Array.of(43, 14, 1, 0) },
  { unit: 9, pdu: Uint8Array.of(0x41) },
];
const replies = [
  Uint8Array.of(3, 8, 0, 1, 0, 2, 0, 3, 0, 4),
  Uint8Array.of(4, 2, 0x12, 0x34),
  Uint8Array.of(1, 3, 0xff, 0, 15),
  Uint8Array.of(16, 0, 1, 0, 1),
  Uint8Array.of(17, 3, 1, 0xff, 9),
  Uint8Array.of(43, 14, 1, 1, 0, 0, 1, 0, 2, 65, 66),
  Uint8Array.of(0x41, 1, 2, 3),
];
const whole = [...requests, ...replies.map((pdu, index) => ({ unit: requests[index]?.unit ?? 1, pdu }))].map(
  ({ unit, pdu }) => rtuFrame(unit, pdu),
);

function noise(random: Random, most: number): Uint8Array {
  return Uint8Array.from({ length: random(most) }, () => random(256));
}

/** Frames as a bad line delivers them: bits flipped, bytes lost, doubled or put between, halves, frames run together. */
function spoiled(random: Random, frames: readonly Uint8Array[]): Uint8Array {
  const bytes: number[] = [];
  for (let count = 1 + random(3); count > 0; count--) {
    const frame = frames[random(frames.length)] ?? new Uint8Array(0);
    for (const byte of frame) bytes.push(byte);
  }
  for (let damages = random(4); damages > 0; damages--) {
    const at = random(bytes.length + 1);
    switch (random(5)) {
      case 0:
        bytes[at % bytes.length] = (bytes[at % bytes.length] ?? 0) ^ (1 << random(8));
        break;
      case 1:
        bytes.splice(at, 1);
        break;
      case 2:
        bytes.splice(at, 0, random(256));
        break;
      case 3:
        bytes.splice(at, random(6));
        break;
      default:
        bytes.splice(at, 0, ...bytes.slice(at, at + random(6)));
    }
    if (bytes.length === 0) bytes.push(random(256));
  }
  // A right checksum over what makes no sense, as a device with a fault of its own sends it.
  return random(4) === 0 ? withCrc(...bytes) : Uint8Array.from(bytes);
}

function streams(
  seed: number,
  count: number,
  frames: readonly Uint8Array[],
  use: (bytes: Uint8Array) => void,
) {
  const random = randoms(seed);
  for (let index = 0; index < count; index++)
    use(index % 3 === 0 ? noise(random, 40) : spoiled(random, frames));
}

/** By the test's own checksum, computed bit by bit: the program's own must not judge itself. */
function hasRightCrc(frame: Uint8Array): boolean {
  const right = withCrc(...frame.subarray(0, -2));
  return right.length === frame.length && right.at(-1) === frame.at(-1) && right.at(-2) === frame.at(-2);
}

describe("a million random and spoiled byte streams", () => {
  test("never crash the judge of heard frames or the search for a reply, and no wrong checksum is believed", () => {
    let state: HearState = heardNothing;
    let [heard, learned, found, wrong] = [0, 0, 0, 0];
    streams(1, 1_000_000, whole, (bytes) => {
      let end = 0;
      for (const frame of hearFrames(bytes)) {
        heard++;
        if (frame.start < end || frame.end > bytes.length) wrong++;
        end = frame.end;
        if (!hasRightCrc(bytes.subarray(frame.start, frame.end))) wrong++;
        const next = hear(state, frame);
        state = next.state;
        if (next.learned) learned++;
      }
      const request = requests[bytes.length % requests.length] ?? { unit: 1, pdu: new Uint8Array(0) };
      const reply = findReply(bytes, request, bytes.length % 2 === 0);
      if (reply === undefined) return;
      found++;
      const frame = bytes.subarray(reply.start, reply.end);
      if (!hasRightCrc(frame) || frame[0] !== request.unit || !replyFits(request.pdu, reply.pdu)) wrong++;
    });

    expect(wrong).toBe(0);
    // The streams must be worth judging.
    expect(heard).toBeGreaterThan(100_000);
    expect(found).toBeGreaterThan(1000);
    expect(learned).toBeGreaterThan(100);
  }, 60_000);

  test("never crash the cutting of TCP frames, whatever the pieces, and keep no more than one frame's bytes", () => {
    const frames = [...requests, ...replies.map((pdu) => ({ unit: 1, pdu }))].map((frame, transaction) =>
      tcpFrame({ transaction, ...frame }),
    );
    let [rest, taken, lost, most, wrong]: [Uint8Array, number, number, number, number] = [
      new Uint8Array(0),
      0,
      0,
      0,
      0,
    ];
    streams(2, 250_000, frames, (bytes) => {
      const joined = new Uint8Array(rest.length + bytes.length);
      joined.set(rest);
      joined.set(bytes, rest.length);
      const cut = takeTcpFrames(joined);
      let start = 0;
      for (const frame of cut.frames) {
        const again = tcpFrame(frame);
        if (again.some((byte, index) => byte !== joined[start + index])) wrong++;
        start += again.length;
        taken++;
      }
      if (start + cut.rest.length !== joined.length) wrong++;
      if (cut.lost) lost++;
      rest = cut.lost ? new Uint8Array(0) : cut.rest;
      most = Math.max(most, rest.length);
    });

    expect(wrong).toBe(0);
    expect(most).toBeLessThan(260);
    expect(taken).toBeGreaterThan(10_000);
    expect(lost).toBeGreaterThan(1000);
  });

  test("are told whole and once by a listening line, which keeps a bounded number of bytes", async () => {
    let [given, told, wrong, most] = [0, 0, 0, 0];
    let hand: (bytes: Uint8Array, atMs: number) => void = () => undefined;
    const pipe: BytePipe = {
      write: async () => undefined,
      onBytes(listener) {
        hand = listener;
        return () => undefined;
      },
      onClose: () => () => undefined,
      close: async () => undefined,
    };
    const settings = { baudRate: 19_200, parity: "none", dataBits: 8, stopBits: 1 } as const;
    const line = rtuLine(pipe, settings, "fuzzed");
    line.onFrame(({ bytes, verdict }) => {
      told += bytes.length;
      if (verdict === "good" && !hasRightCrc(bytes)) wrong++;
    });

    streams(3, 100_000, whole, (bytes) => {
      given += bytes.length;
      // The line gets no pause: nothing but its own bound ends a burst.
      hand(bytes, performance.now());
      most = Math.max(most, given - told);
    });

    await until(() => told === given, "the last burst");
    expect(wrong).toBe(0);
    expect(most).toBeLessThan(4096 + 100);
    await line.close();
  });
});
