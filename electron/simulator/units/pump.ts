import type { Point } from "../bank.ts";
import type { SiteModel } from "../model.ts";
import { bit, counter32, register } from "../points.ts";

/** Unit 3: a pump controller with a run command, a setpoint and alarm contacts. */
export function pumpPoints(model: SiteModel): readonly Point[] {
  return [
    register(0, model.pumpSpeed),
    register(1, model.pumpFlow, 0.1),
    register(2, model.pumpPressure, 0.01),
    register(3, () => 1450, 1, { writable: true }),
    counter32(4, model.pumpStarts, "LL"),
    counter32(6, model.pumpSeconds, "BL"),
    bit("coil", 0, model.pumpRuns),
    bit("coil", 1, () => true),
    bit("discrete", 0, () => false),
    bit("discrete", 1, () => false),
    bit("discrete", 2, (ms) => ms % 240_000 > 210_000),
  ];
}

export const pumpIdentity = { vendor: "Lastmile", product: "Training Pump", version: "1.8", device: false };
