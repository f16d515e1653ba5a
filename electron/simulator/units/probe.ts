import type { Point } from "../bank.ts";
import { seeded } from "../lineNoise.ts";
import type { SiteModel } from "../model.ts";
import { float, register } from "../points.ts";
import type { Temper } from "./rtuUnit.ts";

/** Unit 42: an old level probe. Its values are right, but it is slow, moody, and silent now and then. */
export function probePoints(model: SiteModel): readonly Point[] {
  return [
    float(0, model.tankLevel, "BB"),
    float(2, model.temperature(11.2, 0.6, 8), "LB"),
    register(4, model.temperature(87, 4, 9)),
  ];
}

/**
 * Answers in 30 to 90 ms; every twentieth request or so with exception 6 (busy). For 3 s in about a minute it is too
 * busy for reads of several registers, while a short question still gets its answer: a scan always finds it.
 */
export function probeTemper(seed: number): Temper {
  return {
    turnaroundMs: (request) => 30 + 60 * seeded(seed + 42, request),
    refuses: (request) => (seeded(seed + 43, request) < 0.05 ? 6 : undefined),
    ignores: (elapsedMs, pdu) =>
      readsSeveral(pdu) &&
      (elapsedMs + seeded(seed, 44) * 20_000 + 15_000) % 64_000 < 3_000 &&
      elapsedMs > 10_000,
  };
}

function readsSeveral(pdu: Uint8Array): boolean {
  return (((pdu[3] ?? 0) << 8) | (pdu[4] ?? 0)) > 1;
}
