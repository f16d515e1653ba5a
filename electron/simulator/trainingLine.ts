import { makeBank } from "./bank.ts";
import type { Bus } from "./bus.ts";
import type { SiteModel } from "./model.ts";
import { meterIdentity, meterPoints } from "./units/meter.ts";
import { probePoints, probeTemper } from "./units/probe.ts";
import { pumpIdentity, pumpPoints } from "./units/pump.ts";
import { rectifierPoints } from "./units/rectifier.ts";
import { joinBus } from "./units/rtuUnit.ts";

/** Puts the four units of the training site on a line. @returns takes them off */
export function joinTrainingUnits(
  bus: Bus,
  model: SiteModel,
  seed: number,
  elapsedMs: () => number,
): () => void {
  const bank = (points: Parameters<typeof makeBank>[0]) => makeBank(points, elapsedMs);
  const leave = [
    joinBus(bus, { number: 1, bank: bank(meterPoints(model)), identity: meterIdentity }, elapsedMs),
    joinBus(bus, { number: 3, bank: bank(pumpPoints(model)), identity: pumpIdentity }, elapsedMs),
    joinBus(bus, { number: 17, bank: bank(rectifierPoints(model)) }, elapsedMs),
    joinBus(bus, { number: 42, bank: bank(probePoints(model)), temper: probeTemper(seed) }, elapsedMs),
  ];
  return () => {
    for (const off of leave) off();
  };
}

/** A second unit 3, as after a replacement that kept its factory number. */
export function joinDuplicateUnit(bus: Bus, model: SiteModel, elapsedMs: () => number): () => void {
  const late = makeBank(pumpPoints(model), () => elapsedMs() + 33_000);
  return joinBus(bus, { number: 3, bank: late, identity: pumpIdentity }, elapsedMs);
}
