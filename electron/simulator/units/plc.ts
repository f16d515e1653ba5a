import type { Point } from "../bank.ts";
import type { SiteModel } from "../model.ts";
import { bit, counter64, float, register } from "../points.ts";

/** The Modbus TCP PLC, unit 1: the tank, its limits and the cabinet. */
export function plcPoints(model: SiteModel): readonly Point[] {
  return [
    float(0, model.tankLevel),
    float(2, model.tankInflow),
    register(4, model.temperature(14.1, 0.8, 1), 0.1),
    register(5, model.temperature(31.5, 2.2, 2), 0.1),
    float(6, () => 4.2, "LL", { writable: true }),
    float(8, () => 1.1, "LL", { writable: true }),
    counter64(10, model.tankVolumeLitres),
    bit("coil", 0, () => false),
    bit("discrete", 0, model.doorOpen),
  ];
}
