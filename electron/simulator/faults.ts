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
  /** unit 1: the first byte of every third reply or so is damaged */
  "turnaroundClip",
  /** unit 1: every third reply or so stops half way */
  "halfFrames",
  /** unit 17 misses requests that follow another frame within 20 ms */
  "gapSensitive",
  /** unit 17 does not answer */
  "deadUnit",
  /** unit 17 takes half a second now and then */
  "slowUnit",
  /** garbage while nobody talks: no bias on the pair */
  "floating",
  /** the adapter hands back what it is given to send */
  "echo",
] as const;
export type TrainingFault = (typeof trainingFaults)[number];

/**
 * Damages one bit of some bytes, always the same way for a seed.
 * @param share chance of each byte to be damaged; about one in 250 unless told
 */
export function makeNoise(bus: Bus, seed: number, share = 0.004): () => void {
  let passed = 0;
  bus.setNoise((byte) => {
    passed++;
    const chance = seeded(seed + 900, passed);
    return chance < share ? byte ^ (1 << Math.floor((8 * chance) / share)) : byte;
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

const quietBeforeGarbageMs = 150;

/** A pair without bias: one to three stray bytes every tenth of a second or so, while no driver holds the line. */
export function joinFloating(bus: Bus, seed: number): () => void {
  const tap = bus.tap();
  let lastAtMs = performance.now();
  let made = 0;
  tap.onBytes((_, atMs) => {
    lastAtMs = atMs;
  });
  const timer = setInterval(() => {
    if (bus.busy || performance.now() - lastAtMs < quietBeforeGarbageMs) return;
    const random = () => seeded(seed + 901, made++);
    const bytes = Uint8Array.from({ length: 1 + Math.floor(3 * random()) }, () => Math.floor(256 * random()));
    tap.write(bytes).catch(() => undefined);
  }, 90);
  return () => {
    clearInterval(timer);
    void tap.close();
  };
}
