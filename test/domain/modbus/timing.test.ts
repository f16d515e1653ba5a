import { expect, test } from "vitest";
import { charBits, exchangeMs, silentIntervalMs } from "#domain/modbus/timing.ts";
import type { SerialSettings } from "#domain/site/site.ts";

function settings(baudRate: number, parity: SerialSettings["parity"] = "even"): SerialSettings {
  return { baudRate, parity, dataBits: 8, stopBits: 1 };
}

test("a character has eleven bits with parity and ten without", () => {
  expect(charBits(settings(9600))).toBe(11);
  expect(charBits(settings(9600, "none"))).toBe(10);
  expect(charBits({ baudRate: 9600, parity: "none", dataBits: 8, stopBits: 2 })).toBe(11);
});

test("the silence between frames is 3.5 characters up to 19200 baud and fixed above", () => {
  expect(silentIntervalMs(settings(9600))).toBeCloseTo(4.01, 2);
  expect(silentIntervalMs(settings(19_200))).toBeCloseTo(2.005, 3);
  expect(silentIntervalMs(settings(38_400))).toBe(1.75);
});

test("an exchange keeps the line for its characters, two silences and the unit's turnaround", () => {
  const perSecond = (baudRate: number, registers: number) =>
    1000 / exchangeMs(settings(baudRate), 8, 5 + 2 * registers, 0);

  expect(perSecond(9600, 125)).toBeCloseTo(3.232, 2);
  expect(perSecond(19_200, 10)).toBeCloseTo(43.64, 1);
  expect(perSecond(115_200, 10)).toBeCloseTo(150.4, 0);
  expect(exchangeMs(settings(9600), 8, 7, 5) - exchangeMs(settings(9600), 8, 7, 0)).toBeCloseTo(5);
});
