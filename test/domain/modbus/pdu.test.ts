import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { crc16 } from "#domain/modbus/crc.ts";
import { expectedReplyLength } from "#domain/modbus/expectedReplyLength.ts";
import { identityOf, identityRequests } from "#domain/modbus/identity.ts";
import { parseReadReply, readRequest, writeCoilsRequest, writeRegistersRequest } from "#domain/modbus/pdu.ts";
import { replyFits } from "#domain/modbus/replyFits.ts";
import { parseRtuFrame, rtuFrame } from "#domain/modbus/rtuFrame.ts";
import type { Area } from "#domain/tag/address.ts";
import { bytesOfHex } from "./hexBytes.ts";

interface Transaction {
  readonly area: Area;
  readonly offset: number;
  readonly words: readonly number[];
  readonly request: string;
  readonly reply: string;
}

const vectors: {
  readonly reads: readonly (Transaction & { readonly count: number })[];
  readonly writes: readonly Transaction[];
  readonly identity: { readonly request: string; readonly reply: string; readonly says: string };
} = JSON.parse(readFileSync(new URL("../../vectors/modbus/pdus.json", import.meta.url), "utf8"));

const everyTransaction = [...vectors.reads, ...vectors.writes, vectors.identity];

describe("the protocol's own examples", () => {
  test.each(vectors.reads)("read $area $offset", ({ area, offset, count, request, reply, words }) => {
    expect(readRequest(area, offset, count)).toEqual(bytesOfHex(request));
    expect(parseReadReply(bytesOfHex(reply), area, count)).toEqual(words);
  });

  test.each(vectors.writes)("write $area $offset", ({ area, offset, words, request }) => {
    const written = area === "coil" ? writeCoilsRequest(offset, words) : writeRegistersRequest(offset, words);

    expect(written).toEqual(bytesOfHex(request));
  });

  test("say who a unit is", () => {
    expect(identityRequests).toContainEqual(bytesOfHex(vectors.identity.request));
    expect(identityOf(bytesOfHex(vectors.identity.reply))).toBe(vectors.identity.says);
  });

  test("pair each reply with its own request and with no other", () => {
    for (const asked of everyTransaction) {
      const fitting = everyTransaction.filter((other) =>
        replyFits(bytesOfHex(asked.request), bytesOfHex(other.reply)),
      );

      expect(fitting).toEqual([asked]);
    }
  });

  test("tell the length of a reply at some byte, and never a wrong one", () => {
    for (const { request, reply } of everyTransaction) {
      const frame = rtuFrame(17, bytesOfHex(reply));
      const lengths = Array.from(frame, (_, count) =>
        expectedReplyLength(bytesOfHex(request), frame.subarray(0, count)),
      );

      expect(expectedReplyLength(bytesOfHex(request), frame)).toBe(frame.length);
      expect(lengths.filter((length) => length !== undefined && length !== frame.length)).toEqual([]);
    }
  });
});

describe("a request", () => {
  test.each<[Area, number, number]>([
    ["holding", 0, 126],
    ["coil", 0, 2001],
    ["holding", 0, 0],
    ["holding", 65_535, 2],
  ])("for %s %i, %i long is a bug", (area, offset, count) => {
    expect(() => readRequest(area, offset, count)).toThrow(RangeError);
  });

  test("is refused by an exception of its own function", () => {
    const request = readRequest("holding", 0, 1);

    expect(replyFits(request, Uint8Array.of(0x83, 2))).toBe(true);
    expect(replyFits(request, Uint8Array.of(0x84, 2))).toBe(false);
    expect(expectedReplyLength(request, Uint8Array.of(17, 0x83))).toBe(5);
  });

  test("is not answered by a reply for another count", () => {
    expect(replyFits(readRequest("holding", 0, 2), bytesOfHex("0302000A"))).toBe(false);
    expect(replyFits(readRequest("coil", 0, 8), bytesOfHex("0102CD6B"))).toBe(false);
  });
});

describe("a checksum", () => {
  test.each([
    ["02 07", 0x1241],
    ["01 04 02 FF FF", 0x80b8],
    ["31 32 33 34 35 36 37 38 39", 0x4b37],
  ])("of %s is as published", (bytes, sum) => {
    expect(crc16(bytesOfHex(bytes))).toBe(sum);
  });

  test("finds every burst of up to sixteen damaged bits in a frame", () => {
    const damage = fc.record({
      pdu: fc.uint8Array({ minLength: 1, maxLength: 252 }),
      unit: fc.integer({ min: 1, max: 247 }),
      at: fc.nat(),
      burst: fc.integer({ min: 1, max: 0xffff }),
    });

    fc.assert(
      fc.property(damage, ({ pdu, unit, at, burst }) => {
        const frame = rtuFrame(unit, pdu);
        expect(parseRtuFrame(frame)).toEqual({ unit, pdu });

        const place = at % (frame.length - 1);
        frame[place] = (frame[place] ?? 0) ^ (burst >> 8);
        frame[place + 1] = (frame[place + 1] ?? 0) ^ (burst & 0xff);

        expect(parseRtuFrame(frame)).toBeUndefined();
      }),
    );
  });

  test("is missing from what is too short for a frame", () => {
    expect(parseRtuFrame(Uint8Array.of(1, 0x7e, 0x80))).toBeUndefined();
    expect(parseRtuFrame(new Uint8Array(0))).toBeUndefined();
  });
});

describe("an identity", () => {
  test("keeps its text beside an id byte that is no text", () => {
    const content = [0x9a, 0xff, ...new TextEncoder().encode("PM-5 v1.2")];

    expect(identityOf(Uint8Array.of(17, content.length, ...content))).toBe("PM-5 v1.2");
  });

  test("is empty for a unit that says nothing, and for a reply cut short", () => {
    expect(identityOf(Uint8Array.of(17, 2, 0x01, 0xff))).toBe("");
    expect(identityOf(bytesOfHex("2B0E010100000300"))).toBe("");
  });

  test("never throws, whatever a unit says", () => {
    fc.assert(
      fc.property(fc.constantFrom(17, 43), fc.uint8Array({ maxLength: 252 }), (code, content) => {
        expect(typeof identityOf(Uint8Array.of(code, ...content))).toBe("string");
      }),
    );
  });
});
