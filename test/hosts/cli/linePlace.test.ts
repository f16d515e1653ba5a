import { describe, expect, test } from "vitest";
import { lineOf } from "#hosts/cli/linePlace.ts";

describe("the line that options name", () => {
  test("speaks RTU with eight data bits unless asked otherwise", () => {
    expect(lineOf({ port: "COM3", baud: "19200", parity: "even" })).toMatchObject({
      kind: "serial",
      port: "COM3",
      settings: { baudRate: 19_200, parity: "even", dataBits: 8, stopBits: 1 },
    });
    expect(lineOf({ port: "COM3" })).not.toHaveProperty("settings.mode");
  });

  test("speaks ASCII where asked to, with the seven data bits that are usual then", () => {
    expect(lineOf({ port: "tcp://10.0.0.7:4001", ascii: true })).toMatchObject({
      port: "tcp://10.0.0.7:4001",
      settings: { dataBits: 7, mode: "ascii" },
    });
    expect(lineOf({ port: "COM3", ascii: true, data: "8" })).toMatchObject({
      settings: { dataBits: 8, mode: "ascii" },
    });
  });
});
