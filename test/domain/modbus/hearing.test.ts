import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type HeardFrame, hear, heardNothing, hearFrames } from "#domain/modbus/judge.ts";
import { readRequest } from "#domain/modbus/pdu.ts";
import { rtuFrame } from "#domain/modbus/rtuFrame.ts";
import { bytes, hex, specification } from "./specification.ts";

const identity = "2B0E01010000020004 41636D65 0102 5831";
const spokenOf = [
  ...[...specification.reads, ...specification.writes].flatMap(({ request, reply }) => [request, reply]),
  specification.exception.reply,
  ...["07", "076D", "080000A537", "0B", "0BFFFF0108", "11", "11030AFF41", "2B0E0100", identity],
  ...["140E0600040001000206000300090002", "140C05060DFE0020050633CD0040", "16000400F20025"],
  ...["17000300060003000306 00FF00FF00FF", "170C00FE0ACD00010003000D00FF", "1804DE", "180006000201B81284"],
];
const pdus = spokenOf.map(bytes);

function told(frames: readonly HeardFrame[]): readonly string[] {
  return frames.map(({ unit, pdu }) => `${unit} ${hex(pdu)}`);
}

describe("a run of bytes", () => {
  test("is cut into its frames, requests and replies, even with no silence between them", () => {
    const conversation = fc.array(
      fc.record({ unit: fc.integer({ min: 1, max: 247 }), pdu: fc.constantFrom(...pdus) }),
      { maxLength: 8 },
    );
    fc.assert(
      fc.property(conversation, (spoken) => {
        const run = Uint8Array.from(spoken.flatMap(({ unit, pdu }) => [...rtuFrame(unit, pdu)]));

        expect(told(hearFrames(run))).toEqual(spoken.map(({ unit, pdu }) => `${unit} ${hex(pdu)}`));
      }),
      // A checksum of 16 bits fits by chance now and then: the same conversations every time.
      { seed: 1 },
    );
  });

  test("is read to its end where a frame is by chance the beginning of another", () => {
    const run = rtuFrame(108, bytes("076D"));

    expect(told(hearFrames(run))).toEqual(["108 076D"]);
  });

  test("gives its frames though noise stands around them", () => {
    const frame = rtuFrame(1, readRequest("holding", 0, 10));
    const run = Uint8Array.of(0xff, 0x00, 0x5a, ...frame, 0x81, 0x7f, ...rtuFrame(1, bytes("8302")), 0x01);

    expect(hearFrames(run)).toMatchObject([
      { unit: 1, start: 3, end: 11 },
      { unit: 1, start: 13, end: 18 },
    ]);
  });

  test("of a function nobody here knows is a frame when it is the whole run", () => {
    const frame = rtuFrame(5, bytes("6501020304050607"));

    expect(told(hearFrames(frame))).toEqual(["5 6501020304050607"]);
    expect(told(hearFrames(Uint8Array.of(...rtuFrame(5, bytes("0B")), ...frame)))).toHaveLength(2);
    expect(hearFrames(Uint8Array.of(0xff, ...frame))).toEqual([]);
  });

  test("holds no frame when one bit is wrong", () => {
    const frame = rtuFrame(3, specification.reads.map(({ reply }) => bytes(reply))[2] as Uint8Array);
    frame[5] = (frame[5] ?? 0) ^ 4;

    expect(hearFrames(frame)).toEqual([]);
  });

  test.each([
    ["a unit above 247", 248, "0300000001"],
    ["function 0", 1, "0000000001"],
    ["exception 0", 1, "8300"],
    ["a read of nothing", 1, "0300000000"],
    ["a read of 126 registers", 1, "030000007E"],
    ["a reply with half a register", 1, "0303000102"],
  ])("is no frame with %s, its checksum being right by chance", (_, unit, pdu) => {
    expect(hearFrames(rtuFrame(unit, bytes(pdu)))).toEqual([]);
  });

  test("of pure noise holds a frame in fewer than one of 500 runs", () => {
    let state = 12_345;
    const noise = () => {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
      return state >>> 24;
    };
    const runs = 5000;

    let found = 0;
    for (let run = 0; run < runs; run++) found += hearFrames(Uint8Array.from({ length: 256 }, noise)).length;

    expect(found).toBeLessThan(runs / 500);
  });
});

describe("listening to another master", () => {
  function learn(...spoken: readonly (readonly [unit: number, pdu: string])[]) {
    let state = heardNothing;
    return spoken.flatMap(([unit, pdu]) => {
      const heard = hear(state, { unit, pdu: bytes(pdu) });
      state = heard.state;
      return heard.learned ? [heard.learned] : [];
    });
  }

  test.each(specification.reads)("learns $area at $offset from a request and its reply", (example) => {
    const { area, offset, words, request, reply } = example;

    expect(learn([4, request], [4, reply])).toEqual([{ unit: 4, area, offset, words }]);
  });

  test("learns each poll of many", () => {
    const learned = learn([1, "0300000001"], [1, "03020007"], [2, "0300000001"], [2, "03020008"]);

    expect(learned.map(({ unit, words }) => [unit, words[0]])).toEqual([
      [1, 7],
      [2, 8],
    ]);
  });

  test("tells a reply of bits from a request by what went before", () => {
    // Both are five bytes: 20 bits, and a read of 20 bits from 0x03CD.
    expect(learn([1, "0103CD0014"])).toEqual([]);
    expect(learn([1, "0100000014"], [1, "0103CD0014"])).toMatchObject([{ offset: 0, words: { length: 20 } }]);
  });

  test("learns nothing from a read that is asked again, though it could pass for its reply", () => {
    expect(learn([1, "0103000014"], [1, "0103000014"])).toEqual([]);
    expect(learn([1, "0103000014"], [1, "0103000014"], [1, "0103010000"])).toMatchObject([{ offset: 0x300 }]);
  });

  test.each<readonly [string, readonly (readonly [number, string])[]]>([
    ["a reply alone", [[1, "03020007"]]],
    [
      "an exception",
      [
        [1, "0300000001"],
        [1, "8302"],
        [1, "03020007"],
      ],
    ],
    [
      "the reply of another unit",
      [
        [1, "0300000001"],
        [2, "03020007"],
      ],
    ],
    [
      "a reply of another length",
      [
        [1, "0300000002"],
        [1, "03020007"],
      ],
    ],
    [
      "a reply to a request before the last",
      [
        [1, "0300000001"],
        [2, "0300000002"],
        [1, "03020007"],
      ],
    ],
    [
      "a write",
      [
        [1, "0600010003"],
        [1, "0600010003"],
      ],
    ],
    [
      "a second reply",
      [
        [1, "0300000001"],
        [2, "0B"],
        [1, "03020007"],
      ],
    ],
  ])("learns nothing from %s", (_, spoken) => {
    expect(learn(...spoken)).toEqual([]);
  });
});
