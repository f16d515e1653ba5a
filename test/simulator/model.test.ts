import { describe, expect, test } from "vitest";
import { readRequest } from "#domain/modbus/pdu.ts";
import { makeModel } from "#simulator/model.ts";
import { probeTemper } from "#simulator/units/probe.ts";

const hour = Array.from({ length: 3600 }, (_, second) => second * 1000);

describe("the model of the training site", () => {
  test("gives the same values for the same seed and time, and others for another seed", () => {
    const [a, b, other] = [makeModel(3), makeModel(3), makeModel(4)];

    expect(hour.map(a.voltage(0))).toEqual(hour.map(b.voltage(0)));
    expect(hour.map(a.voltage(0))).not.toEqual(hour.map(other.voltage(0)));
  });

  test.each(["energyWh", "pumpStarts", "pumpSeconds", "tankVolumeLitres"] as const)(
    "counts %s up only",
    (counter) => {
      const values = hour.map(makeModel(1)[counter]);

      expect(values.every((value, i) => i === 0 || value >= (values[i - 1] ?? 0))).toBe(true);
      expect(values.at(-1)).toBeGreaterThan(values[0] ?? 0);
    },
  );

  test("keeps every quantity where such a site has it", () => {
    const model = makeModel(1);
    const within = (values: number[], low: number, high: number) =>
      expect(values.every((value) => value >= low && value <= high)).toBe(true);

    within(hour.map(model.voltage(0)), 220, 236);
    within(hour.map(model.frequency), 49.9, 50.1);
    within(hour.map(model.powerKw), 0.5, 13);
    within(hour.map(model.tankLevel), 1.5, 4.5);
    within(hour.map(model.pumpSpeed), 0, 1450);
  });

  test("stands still within a step, so that two readers a moment apart agree", () => {
    const model = makeModel(1);

    expect(model.voltage(0)(4001)).toBe(model.voltage(0)(5999));
    expect(model.tankLevel(7000)).toBe(model.tankLevel(7999));
    expect(model.current(1)(7000)).toBe(model.current(1)(7999));
  });

  test("makes the probe slow and sometimes silent, the same each time", () => {
    const temper = probeTemper(1);
    const turnarounds = Array.from({ length: 200 }, (_, request) => temper.turnaroundMs(request));

    expect(Math.min(...turnarounds)).toBeGreaterThanOrEqual(30);
    expect(Math.max(...turnarounds)).toBeLessThanOrEqual(90);
    const silent = hour.filter((ms) => temper.ignores(ms, readRequest("holding", 0, 5))).length / hour.length;
    expect(silent).toBeGreaterThan(0.01);
    expect(silent).toBeLessThan(0.1);
  });
});
