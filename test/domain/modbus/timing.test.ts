import { describe, expect, test } from "vitest";
import { charBits, exchangeMs, silentIntervalMs } from "#domain/modbus/timing.ts";
import type { SerialSettings } from "#domain/site/site.ts";

function at(baudRate: number): SerialSettings {
  return { baudRate, parity: "even", dataBits: 8, stopBits: 1 };
}

describe("time on a serial line", () => {
  test("counts start, data, parity and stop bits", () => {
    expect(charBits(at(9600))).toBe(11);
    expect(charBits({ baudRate: 9600, parity: "none", dataBits: 8, stopBits: 1 })).toBe(10);
    expect(charBits({ baudRate: 9600, parity: "odd", dataBits: 7, stopBits: 2 })).toBe(11);
  });

  test("has a silence of 3.5 characters, fixed above 19200 baud", () => {
    expect(silentIntervalMs(at(9600))).toBeCloseTo(4.01, 2);
    expect(silentIntervalMs(at(19_200))).toBeCloseTo(2.005, 3);
    expect(silentIntervalMs(at(38_400))).toBe(1.75);
    expect(silentIntervalMs(at(115_200))).toBe(1.75);
  });

  // Exchanges a second that the standard's timing leaves room for.
  test.each([
    [9600, 125, 3.232],
    [9600, 10, 21.82],
    [19_200, 125, 6.465],
    [19_200, 10, 43.64],
    [115_200, 125, 34.95],
    [115_200, 10, 150.4],
  ])("at %d baud allows reads of %d registers %d times a second", (baudRate, registers, times) => {
    const perSecond = 1000 / exchangeMs(at(baudRate), 8, 5 + registers * 2, 0);

    expect(perSecond / times).toBeCloseTo(1, 3);
  });
});
