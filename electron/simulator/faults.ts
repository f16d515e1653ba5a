import { readRequest } from "#domain/modbus/pdu.ts";
import { rtuFrame } from "#domain/modbus/rtuFrame.ts";
import type { Bus } from "./bus.ts";
import { seeded } from "./lineNoise.ts";

/** What can be made to go wrong on the training site. */
export const trainingFaults = [
  "crcNoise",
  "secondMaster",
  "duplicateUnit",
  "deniedTopic",
  "clock1970",
] as const;
export type TrainingFault = (typeof trainingFaults)[number];

/** Damages about one byte in 250, one bit each, always the same way for a seed. */
export function makeNoise(bus: Bus, seed: number): () => void {
  let passed = 0;
  bus.setNoise((byte) => {
    passed++;
    const chance = seeded(seed + 900, passed);
    return chance < 0.004 ? byte ^ (1 << Math.floor(chance * 2000)) : byte;
  });
  return () => bus.setNoise(undefined);
}

/** Another master that reads unit 1 now and then, whoever is talking. */
export function joinSecondMaster(bus: Bus): () => void {
  const tap = bus.tap();
  const request = rtuFrame(1, readRequest("holding", 0, 6));
  const timer = setInterval(() => void tap.write(request).catch(() => undefined), 410);
  return () => {
    clearInterval(timer);
    void tap.close();
  };
}
