import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseReadReply, readRequest, writeCoilsRequest, writeRegistersRequest } from "#domain/modbus/pdu.ts";
import { replyFits } from "#domain/modbus/replyFits.ts";
import { bytes, hex, specification } from "./specification.ts";

describe("the specification's examples", () => {
  test.each(specification.reads)("of $section: a read of $area is asked and understood", (example) => {
    const { area, offset, count, words } = example;
    const reply = bytes(example.reply);

    expect(hex(readRequest(area, offset, count))).toBe(example.request);
    expect(replyFits(bytes(example.request), reply)).toBe(true);
    expect(parseReadReply(reply, area, count)).toEqual(words);
  });

  test.each(specification.writes)("of $section: a write is asked and understood", (example) => {
    const write = example.area === "coil" ? writeCoilsRequest : writeRegistersRequest;

    expect(hex(write(example.offset, example.words))).toBe(example.request);
    expect(replyFits(bytes(example.request), bytes(example.reply))).toBe(true);
  });

  test("of 7: an exception is the reply to its request alone", () => {
    const { request, reply } = specification.exception;

    expect(replyFits(bytes(request), bytes(reply))).toBe(true);
    expect(replyFits(bytes("0204A10001"), bytes(reply))).toBe(false);
  });

  test("fit no request but their own", () => {
    const all = [...specification.reads, ...specification.writes];
    for (const one of all) {
      for (const other of all) {
        expect(replyFits(bytes(one.request), bytes(other.reply)), `${one.section} ${other.section}`).toBe(
          one === other,
        );
      }
    }
  });
});

describe("a reply", () => {
  test.each([
    ["too short for its count", "03006B0003", "0306022B0000"],
    ["too long for its count", "03006B0003", "0306022B0000006400"],
    ["of another count", "03006B0003", "0304022B0000"],
    ["to another function", "03006B0003", "0406022B00000064"],
    ["that echoes another place", "0600010003", "0600020003"],
    ["that echoes another value", "0600010003", "0600010004"],
    ["with a long exception", "03006B0003", "830200"],
    ["to another kind of function 43", "2B0E0100", "2B0D0100"],
    ["that is empty", "03006B0003", ""],
  ])("%s does not fit", (_, request, reply) => {
    expect(replyFits(bytes(request), bytes(reply))).toBe(false);
  });
});

describe("a request", () => {
  test("that no device can answer is a bug of the caller", () => {
    expect(() => readRequest("holding", 0, 126)).toThrow(RangeError);
    expect(() => readRequest("coil", 0, 2001)).toThrow(RangeError);
    expect(() => readRequest("input", 0, 0)).toThrow(RangeError);
    expect(() => readRequest("input", 65_535, 2)).toThrow(RangeError);
    expect(() => writeRegistersRequest(0, Array(124).fill(0))).toThrow(RangeError);
    expect(() => writeRegistersRequest(0, [])).toThrow(RangeError);
    expect(() => writeCoilsRequest(0, Array(1969).fill(0))).toThrow(RangeError);
    expect(() => writeCoilsRequest(-1, [1])).toThrow(RangeError);
  });

  test("may be as long as the protocol allows and no longer than a frame", () => {
    expect(hex(readRequest("holding", 65_411, 125))).toBe("03FF83007D");
    expect(hex(readRequest("coil", 0, 2000))).toBe("01000007D0");
    expect(writeRegistersRequest(0, Array(123).fill(0xffff))).toHaveLength(252);
    expect(writeCoilsRequest(0, Array(1968).fill(1))).toHaveLength(252);
  });

  test("with many bits sends each bit where a read would find it", () => {
    const bits = fc.array(fc.constantFrom(0, 1), { minLength: 2, maxLength: 1968 });
    fc.assert(
      fc.property(bits, (some) => {
        const request = writeCoilsRequest(0, some);
        const reply = Uint8Array.of(1, ...request.subarray(5));

        expect(replyFits(readRequest("coil", 0, some.length), reply)).toBe(true);
        expect(parseReadReply(reply, "coil", some.length)).toEqual(some);
      }),
      { numRuns: 50 },
    );
  });
});
