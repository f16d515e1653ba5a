import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { describeFrame } from "#domain/modbus/describe.ts";
import {
  type HeardFrame,
  type HearState,
  hear,
  heardNothing,
  hearFrames,
  type Learned,
} from "#domain/modbus/judge.ts";
import { readRequest, writeRegistersRequest } from "#domain/modbus/pdu.ts";
import { rtuFrame } from "#domain/modbus/rtuFrame.ts";
import { takeTcpFrames, tcpFrame } from "#domain/modbus/tcpFrame.ts";
import type { Area } from "#domain/tag/address.ts";
import { bytesOfHex } from "./hexBytes.ts";

const poll = rtuFrame(17, readRequest("holding", 0x6b, 3));
const answer = rtuFrame(17, bytesOfHex("0306022B00000064"));
const noise = bytesOfHex("00 FF 11 03 00");

function joined(...parts: readonly Uint8Array[]): Uint8Array {
  return Uint8Array.from(parts.flatMap((part) => [...part]));
}

function learnAll(frames: readonly Pick<HeardFrame, "unit" | "pdu">[]): readonly Learned[] {
  const learned: Learned[] = [];
  let state: HearState = heardNothing;
  for (const frame of frames) {
    const next = hear(state, frame);
    state = next.state;
    if (next.learned) learned.push(next.learned);
  }
  return learned;
}

describe("listening", () => {
  test("finds frames with garbage before, between and after", () => {
    const frames = hearFrames(joined(noise, poll, answer, noise, poll, noise));

    expect(frames.map(({ start, end }) => [start, end])).toEqual([
      [5, 13],
      [13, 24],
      [29, 37],
    ]);
    expect(frames[1]).toMatchObject({ unit: 17, pdu: bytesOfHex("0306022B00000064") });
  });

  test.each([
    ["an exception", "8302"],
    ["several registers written", "100001000204000A0102"],
    ["an identity asked", "2B0E0100"],
    ["an identity", "2B0E010100000100034142432B".slice(0, 24)],
    ["a server id asked", "11"],
    ["a function of a vendor's own", "41010203040506"],
  ])("finds %s", (_, pdu) => {
    const frame = rtuFrame(9, bytesOfHex(pdu));

    expect(hearFrames(frame)).toEqual([{ unit: 9, pdu: bytesOfHex(pdu), start: 0, end: frame.length }]);
  });

  test("takes no damaged frame for one", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: answer.length * 8 - 1 }), (bit) => {
        const damaged = Uint8Array.from(answer);
        damaged[bit >> 3] = (damaged[bit >> 3] ?? 0) ^ (1 << (bit & 7));

        expect(hearFrames(damaged)).toEqual([]);
      }),
    );
  });

  test("gives frames in order that close with their own checksum, whatever the bytes", () => {
    const pieces = fc.array(
      fc.oneof(fc.uint8Array({ maxLength: 40 }), fc.constant(poll), fc.constant(answer)),
    );

    fc.assert(
      fc.property(pieces, (parts) => {
        const bytes = joined(...parts);
        let last = 0;
        for (const { unit, pdu, start, end } of hearFrames(bytes)) {
          expect(start).toBeGreaterThanOrEqual(last);
          expect(bytes.slice(start, end)).toEqual(rtuFrame(unit, pdu));
          last = end;
        }
      }),
    );
  });
});

describe("another master's poll", () => {
  test("teaches the registers that its reply holds", () => {
    expect(learnAll(hearFrames(joined(poll, answer)))).toEqual([
      { unit: 17, area: "holding", offset: 0x6b, words: [555, 0, 100] },
    ]);
  });

  test("teaches nothing by the reply of another unit, of another length, or by an exception", () => {
    const asked = { unit: 17, pdu: readRequest("holding", 0, 3) };
    const reply = bytesOfHex("0306022B00000064");

    expect(learnAll([asked, { unit: 18, pdu: reply }])).toEqual([]);
    expect(learnAll([asked, { unit: 17, pdu: bytesOfHex("0302022B") }])).toEqual([]);
    expect(learnAll([asked, { unit: 17, pdu: bytesOfHex("8302") }, { unit: 17, pdu: reply }])).toEqual([]);
    expect(learnAll([{ unit: 17, pdu: reply }])).toEqual([]);
  });

  test("is told from its reply by the order where both are equally long", () => {
    const asked = { unit: 5, pdu: readRequest("coil", 0x0300, 20) };
    const reply = { unit: 5, pdu: bytesOfHex("0103CD6B05") };

    expect(learnAll([asked, reply]).map(({ offset, words }) => [offset, words.length])).toEqual([
      [0x0300, 20],
    ]);
  });

  test("that was not answered is forgotten at the next", () => {
    const first = { unit: 17, pdu: readRequest("holding", 0, 3) };
    const second = { unit: 17, pdu: readRequest("holding", 50, 3) };
    const reply = { unit: 17, pdu: bytesOfHex("0306022B00000064") };

    expect(learnAll([first, second, reply]).map(({ offset }) => offset)).toEqual([50]);
  });
});

describe("a stream of Modbus TCP", () => {
  const frames = [
    { transaction: 1, unit: 1, pdu: bytesOfHex("0302000A") },
    { transaction: 65_535, unit: 255, pdu: bytesOfHex("8302") },
  ];
  const stream = joined(...frames.map(tcpFrame));

  test("gives the same frames in whatever pieces it comes", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: stream.length })), (cuts) => {
        const edges = [0, ...cuts.sort((a, b) => a - b), stream.length];
        const found: unknown[] = [];
        let rest: Uint8Array = new Uint8Array(0);
        for (const [index, edge] of edges.entries()) {
          const taken = takeTcpFrames(joined(rest, stream.slice(edges[index - 1] ?? 0, edge)));
          rest = taken.rest;
          found.push(...taken.frames);
          expect(taken.lost).toBe(false);
        }

        expect(found).toMatchObject(frames);
        expect(rest).toHaveLength(0);
      }),
    );
  });

  test.each([
    ["another protocol", "0001 0007 0004 01 030200"],
    ["a length of nothing", "0001 0000 0001 01 030200"],
    ["a length beyond any PDU", "0001 0000 00FF 01 030200"],
  ])("is lost at %s", (_, head) => {
    expect(takeTcpFrames(joined(stream, bytesOfHex(head)))).toMatchObject({ frames, lost: true });
  });
});

describe("a frame in words", () => {
  const facts = (area: Area, from: number, to: number) => ({ area, from, to });

  test.each([
    ["sent", "03006B0003", "wire.read", facts("holding", 107, 109)],
    ["heard", "03006B0003", "wire.read", facts("holding", 107, 109)],
    ["heard", "0306022B00000064", "wire.registers", { count: 3 }],
    ["received", "0103CD6B05", "wire.bits", { count: 24 }],
    ["sent", "100001000204000A0102", "wire.write", facts("holding", 1, 2)],
    ["received", "1000010002", "wire.written", facts("holding", 1, 2)],
    ["received", "8302", "wire.exception", { exception: 2 }],
    ["sent", "2B0E0100", "wire.identify", {}],
    ["sent", "4101", "wire.other", { function: 65 }],
  ] as const)("%s %s is %s", (direction, pdu, code, expected) => {
    expect(describeFrame(17, bytesOfHex(pdu), direction)).toMatchObject({ code, facts: expected });
  });

  test("is told apart from a write's reply when only heard", () => {
    const written = describeFrame(17, bytesOfHex("1000010002"), "heard");
    const write = describeFrame(17, writeRegistersRequest(1, [10, 258]), "heard");

    expect([write.code, written.code]).toEqual(["wire.write", "wire.written"]);
  });
});
