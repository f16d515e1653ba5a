import { describe, expect, test } from "vitest";
import { describeFrame } from "#domain/modbus/describe.ts";
import { identityOf } from "#domain/modbus/identity.ts";
import type { PhraseCode } from "#domain/phrase.ts";
import { bytes } from "./specification.ts";

type Direction = "sent" | "received" | "heard";

describe("a frame is described", () => {
  test.each<readonly [Direction, string, PhraseCode, object]>([
    ["sent", "03006B0003", "wire.read", { area: "holding", from: 107, to: 109 }],
    ["heard", "03006B0003", "wire.read", { area: "holding", from: 107, to: 109 }],
    ["heard", "0200C40016", "wire.read", { area: "discrete", from: 196, to: 217 }],
    ["received", "0306022B00000064", "wire.registers", { count: 3 }],
    ["heard", "0306022B00000064", "wire.registers", { count: 3 }],
    ["heard", "0402000A", "wire.registers", { count: 1 }],
    ["received", "0103CD6B05", "wire.bits", { count: 24 }],
    ["heard", "0103CD6B05", "wire.bits", { count: 24 }],
    ["sent", "0600010003", "wire.write", { area: "holding", from: 1, to: 1 }],
    ["received", "0500ACFF00", "wire.written", { area: "coil", from: 172, to: 172 }],
    ["heard", "100001000204000A0102", "wire.write", { area: "holding", from: 1, to: 2 }],
    ["heard", "1000010002", "wire.written", { area: "holding", from: 1, to: 2 }],
    ["heard", "0F0013000A02CD01", "wire.write", { area: "coil", from: 19, to: 28 }],
    ["heard", "0F0013000A", "wire.written", { area: "coil", from: 19, to: 28 }],
    ["received", "8302", "wire.exception", { exception: 2, name: "illegalAddress" }],
    ["heard", "8B7F", "wire.exception", { exception: 127, name: "unknown" }],
    ["sent", "11", "wire.identify", { unit: 4 }],
    ["heard", "2B0E0100", "wire.identify", { unit: 4 }],
    ["heard", "2B0E01010000010004 41636D65", "wire.identity", { identity: "Acme" }],
    ["received", "1102FF00", "wire.identity", { identity: "" }],
    ["heard", "2B0D0100", "wire.other", { function: 43 }],
    ["heard", "0800000000", "wire.other", { function: 8, bytes: 5 }],
  ])("%s %s as %s", (direction, pdu, code, facts) => {
    expect(describeFrame(4, bytes(pdu), direction)).toMatchObject({ code, facts });
  });
});

describe("an identity", () => {
  test("is the objects of function 43 in their order", () => {
    expect(identityOf(bytes("2B0E01010000030004 41636D65 0102 5831 0203 76322E"))).toBe("Acme X1 v2.");
  });

  test("is the text of function 17 without its id and run state", () => {
    expect(identityOf(bytes("11 06 0A FF 41636D65"))).toBe("Acme");
  });

  test("keeps its text though the id is a byte that no text has", () => {
    expect(identityOf(bytes("11 06 B1 00 41636D65"))).toBe("Acme");
  });

  test("may be in Chinese", () => {
    expect(identityOf(bytes("11 05 01 FF E794B5"))).toBe("电");
  });

  test("cut short gives what there is, and anything else gives none", () => {
    expect(identityOf(bytes("2B0E01010000030004 4163"))).toBe("Ac");
    for (const pdu of ["", "11", "2B", "2B0E0101", "9101", "2B0D01010000010004 41636D65"]) {
      expect(identityOf(bytes(pdu))).toBe("");
    }
  });
});
