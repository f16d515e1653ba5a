import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { crc16 } from "#domain/modbus/crc.ts";
import { expectedReplyLength } from "#domain/modbus/expectedReplyLength.ts";
import { hasValidCrc, parseRtuFrame, rtuFrame } from "#domain/modbus/rtuFrame.ts";
import { takeTcpFrames, tcpFrame } from "#domain/modbus/tcpFrame.ts";
import { bytes, hex, specification } from "./specification.ts";

const somePdu = fc.uint8Array({ minLength: 1, maxLength: 253 });
const someUnit = fc.integer({ min: 0, max: 247 });

describe("the checksum", () => {
  test("is that of published examples", () => {
    // MODBUS over Serial Line v1.02, 6.2.2, and the check value of the CRC catalogue.
    expect(crc16(bytes("0207"))).toBe(0x1241);
    expect(crc16(new TextEncoder().encode("123456789"))).toBe(0x4b37);
    expect(hex(rtuFrame(2, bytes("07")))).toBe("02074112");
    expect(hex(rtuFrame(1, bytes("030000000A")))).toBe("01030000000AC5CD");
  });

  test("of a part is that of the part alone", () => {
    expect(crc16(bytes("FF0207FF"), 1, 3)).toBe(0x1241);
  });

  test("shows every single wrong bit", () => {
    const frame = rtuFrame(17, bytes("03006B0003"));

    for (let bit = 0; bit < frame.length * 8; bit++) {
      const damaged = frame.slice();
      damaged[bit >> 3] = (damaged[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      expect(hasValidCrc(damaged)).toBe(false);
    }
  });
});

describe("a serial frame", () => {
  test("is read back as it was made, and not without its end", () => {
    fc.assert(
      fc.property(someUnit, somePdu, (unit, pdu) => {
        const frame = rtuFrame(unit, pdu);

        expect(parseRtuFrame(frame)).toEqual({ unit, pdu });
        expect(frame).toHaveLength(pdu.length + 3);
      }),
    );
    expect(parseRtuFrame(bytes("FFFF"))).toBeUndefined();
    expect(parseRtuFrame(new Uint8Array())).toBeUndefined();
  });

  test.each([...specification.reads, ...specification.writes, specification.exception])(
    "that replies $reply is known whole at its last byte, not before",
    ({ request, reply }) => {
      const frame = rtuFrame(17, bytes(reply));
      const lengths = Array.from(frame.keys(), (at) =>
        expectedReplyLength(bytes(request), frame.subarray(0, at)),
      );

      expect(expectedReplyLength(bytes(request), frame)).toBe(frame.length);
      for (const length of lengths) expect([undefined, frame.length]).toContain(length);
      expect(lengths.at(-1)).toBe(frame.length);
    },
  );

  test("with an identity is known whole when its objects are", () => {
    const reply = bytes("2B0E01010000020004 41636D65 0102 5831");
    const frame = rtuFrame(9, reply);
    const request = bytes("2B0E0100");

    expect(expectedReplyLength(request, frame)).toBe(frame.length);
    expect(expectedReplyLength(request, frame.subarray(0, 14))).toBeUndefined();
    expect(expectedReplyLength(bytes("11"), rtuFrame(9, bytes("11 03 0A FF 41")))).toBe(8);
  });

  test("of a function that was not asked for has no known length", () => {
    expect(expectedReplyLength(bytes("0300000001"), bytes("010402"))).toBeUndefined();
    expect(expectedReplyLength(bytes("0300000001"), bytes("01"))).toBeUndefined();
  });
});

describe("TCP frames", () => {
  // Open Modbus/TCP Specification, 1999: one register at offset 4 of unit 9, holding 5.
  const published = bytes("000000000006090300040001");

  test("are those of the published example", () => {
    expect(hex(tcpFrame({ transaction: 0, unit: 9, pdu: bytes("0300040001") }))).toBe(hex(published));
    expect(takeTcpFrames(bytes("0000000000050903020005")).frames).toEqual([
      { transaction: 0, unit: 9, pdu: bytes("03020005") },
    ]);
  });

  test("come out whole and in order, however the stream is cut", () => {
    const someFrames = fc.array(
      fc.record({ transaction: fc.nat({ max: 65_535 }), unit: fc.nat({ max: 255 }), pdu: somePdu }),
      { maxLength: 5 },
    );
    fc.assert(
      fc.property(someFrames, fc.integer({ min: 1, max: 300 }), (frames, step) => {
        const stream = Uint8Array.from(frames.flatMap((frame) => [...tcpFrame(frame)]));
        const out = [];
        let rest = new Uint8Array();
        for (let at = 0; at < stream.length; at += step) {
          const taken = takeTcpFrames(Uint8Array.of(...rest, ...stream.subarray(at, at + step)));
          expect(taken.lost).toBe(false);
          out.push(...taken.frames);
          rest = Uint8Array.from(taken.rest);
        }

        expect(out).toEqual(frames);
        expect(rest).toHaveLength(0);
      }),
    );
  });

  test.each([
    ["another protocol", "000100070006090300040001"],
    ["no function", "0001000000010903"],
    ["more than a PDU can hold", "00010000010009"],
  ])("cannot go on after a head with %s; what came before counts", (_, head) => {
    const taken = takeTcpFrames(Uint8Array.of(...published, ...bytes(head)));

    expect(taken.lost).toBe(true);
    expect(taken.frames).toHaveLength(1);
  });
});
