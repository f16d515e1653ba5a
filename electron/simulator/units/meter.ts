import type { Point } from "../bank.ts";
import type { SiteModel } from "../model.ts";
import { counter64, double, float, register, text } from "../points.ts";

/** Unit 1: an energy meter. Currents and voltages in CDAB words, power in ABCD, as vendors mix them. */
export function meterPoints(model: SiteModel): readonly Point[] {
  return [
    float(0, model.voltage(0), "BL"),
    float(2, model.voltage(1), "BL"),
    float(4, model.voltage(2), "BL"),
    float(6, model.current(0), "BL"),
    float(8, model.current(1), "BL"),
    float(10, model.current(2), "BL"),
    float(12, model.powerKw, "LL"),
    register(14, model.frequency, 0.01),
    // bit 0: feeder closed; bit 3: phase loss, never here
    register(15, () => 0b0001),
    counter64(16, model.energyWh),
    double(20, (ms) => model.energyWh(ms) / 1000),
    text(24, 16, "LM-3300-0042"),
  ];
}

export const meterIdentity = { vendor: "Lastmile", product: "Training Meter", version: "3.3", device: true };
