import type { Point } from "../bank.ts";
import type { SiteModel } from "../model.ts";
import { register } from "../points.ts";
import { sunspecPoints } from "./sunspec.ts";

/** Unit 17: a rectifier with its battery; 16-bit input registers, and a SunSpec block that says what it is. */
export function rectifierPoints(model: SiteModel): readonly Point[] {
  const input = { area: "input" } as const;
  return [
    register(0, () => 54, 0.01, input),
    register(1, (ms) => 18.4 + (model.powerKw(ms) - 6) * 0.2, 0.1, input),
    register(2, model.temperature(-0.4, 0.9, 3), 0.1, input),
    register(3, model.temperature(27.5, 1.5, 4), 0.1, input),
    register(4, model.voltage(0), 0.1, input),
    // bit 0: mains failure; bit 1: battery low
    register(5, () => 0, 1, input),
    ...sunspecPoints(40_000, {
      vendor: "Lastmile",
      product: "Training Rectifier",
      revision: "2.1",
      serial: "LR-2100-0017",
    }),
  ];
}
