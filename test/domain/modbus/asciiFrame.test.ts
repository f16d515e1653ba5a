import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { AsciiReader, asciiFrame } from "#domain/modbus/asciiFrame.ts";
import { hasValidCrc, rtuFrame } from "#domain/modbus/rtuFrame.ts";

const bytesOf = (text: string) => Uint8Array.from(text, (character) => character.charCodeAt(0));
const pdus = fc.uint8Array({ minLength: 1, maxLength: 253 });
const units = fc.integer({ min: 1, max: 247 });

describe("ASCII frames", () => {
  test("of a published request are spelled as published", () => {
    // Read of three registers from 40108 of unit 17: simplymodbus.ca/ASCII.htm.
    const rtu = rtuFrame(0x11, Uint8Array.of(3, 0, 0x6b, 0, 3));

    expect(String.fromCharCode(...asciiFrame(rtu))).toBe(":1103006B00037E\r\n");
  });

  test("come back as the RTU frames they were made from, however they are cut up", () => {
    fc.assert(
      fc.property(units, pdus, fc.integer({ min: 1, max: 40 }), (unit, pdu, piece) => {
        const rtu = rtuFrame(unit, pdu);
        const characters = asciiFrame(rtu);
        const reader = new AsciiReader();
        const read: number[] = [];
        for (let at = 0; at < characters.length; at += piece)
          read.push(...reader.take(characters.slice(at, at + piece)));
        expect(read).toEqual([...rtu]);
      }),
    );
  });

  test("with one character changed are never good", () => {
    fc.assert(
      fc.property(units, pdus, fc.nat(), fc.integer({ min: 0, max: 127 }), (unit, pdu, at, other) => {
        const rtu = rtuFrame(unit, pdu);
        const characters = asciiFrame(rtu);
        const place = at % characters.length;
        fc.pre(String.fromCharCode(other).toUpperCase() !== String.fromCharCode(characters[place] ?? 0));
        // Without its carriage return a frame still says all it has to.
        fc.pre(characters[place] !== 0x0d);
        characters[place] = other;
        const read = new AsciiReader().take(characters);
        expect(hasValidCrc(read)).toBe(false);
      }),
    );
  });

  test("are found behind noise, and an unfinished one is forgotten when the next begins", () => {
    const rtu = rtuFrame(17, Uint8Array.of(3, 2, 0, 7));
    const frame = String.fromCharCode(...asciiFrame(rtu));

    const read = new AsciiReader().take(bytesOf(`~x:1103${frame}`));

    expect([...read.slice(-rtu.length)]).toEqual([...rtu]);
  });
});
