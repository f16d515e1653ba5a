import { makeBank } from "./bank.ts";
import type { Bus } from "./bus.ts";
import type { TrainingFault } from "./faults.ts";
import type { SiteModel } from "./model.ts";
import { meterIdentity, meterPoints } from "./units/meter.ts";
import { probePoints, probeTemper } from "./units/probe.ts";
import { pumpIdentity, pumpPoints } from "./units/pump.ts";
import { rectifierPoints } from "./units/rectifier.ts";
import { calm, joinBus } from "./units/rtuUnit.ts";
import { troubled } from "./units/troubledTemper.ts";

/**
 * Puts the four units of the training site on a line.
 * @param has asked at each request: is this fault switched on?
 * @returns takes them off
 */
export function joinTrainingUnits(
  bus: Bus,
  model: SiteModel,
  seed: number,
  elapsedMs: () => number,
  has: (fault: TrainingFault) => boolean = () => false,
): () => void {
  const meter = troubled(calm, { clips: () => has("turnaroundClip"), halves: () => has("halfFrames") }, seed);
  const rectifier = troubled(
    calm,
    { needsGap: () => has("gapSensitive"), isDead: () => has("deadUnit"), isSlow: () => has("slowUnit") },
    seed,
  );
  const bank = (points: Parameters<typeof makeBank>[0]) => makeBank(points, elapsedMs);
  const leave = [
    joinBus(
      bus,
      { number: 1, bank: bank(meterPoints(model)), identity: meterIdentity, temper: meter },
      elapsedMs,
    ),
    joinBus(bus, { number: 3, bank: bank(pumpPoints(model)), identity: pumpIdentity }, elapsedMs),
    joinBus(bus, { number: 17, bank: bank(rectifierPoints(model)), temper: rectifier }, elapsedMs),
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
