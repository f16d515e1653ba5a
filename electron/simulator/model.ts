import { seeded } from "./lineNoise.ts";

/** One moving quantity of the site, as a function of the time since it started. */
export type Curve = (elapsedMs: number) => number;

/** How the pumping station behaves. A pure function of seed and elapsed time: a run can be repeated. */
export interface SiteModel {
  readonly voltage: (phase: 0 | 1 | 2) => Curve;
  readonly current: (phase: 0 | 1 | 2) => Curve;
  readonly powerKw: Curve;
  readonly frequency: Curve;
  /** since commissioning */
  readonly energyWh: Curve;
  readonly pumpRuns: (elapsedMs: number) => boolean;
  readonly pumpSpeed: Curve;
  readonly pumpFlow: Curve;
  readonly pumpPressure: Curve;
  readonly pumpStarts: Curve;
  readonly pumpSeconds: Curve;
  readonly tankLevel: Curve;
  readonly tankInflow: Curve;
  readonly tankVolumeLitres: Curve;
  readonly temperature: (base: number, swing: number, channel: number) => Curve;
  readonly doorOpen: (elapsedMs: number) => boolean;
}

const cycleMs = 90_000;
const runMs = 55_000;
const rampMs = 6_000;

/** @param seed the same seed gives the same site */
export function makeModel(seed: number): SiteModel {
  // A site does not start at nought: counters carry its past.
  const past = 40_000_000 + Math.floor(seeded(seed, 1) * 10_000_000);
  const wobble = (channel: number, stepMs: number, ms: number) =>
    seeded(seed + channel * 977, Math.floor(ms / stepMs)) * 2 - 1;
  const stepped =
    (stepMs: number, curve: Curve): Curve =>
    (ms) =>
      curve(Math.floor(ms / stepMs) * stepMs);

  const share: Curve = (ms) => {
    const at = ms % cycleMs;
    if (at < rampMs) return at / rampMs;
    if (at < runMs) return 1;
    return Math.max(0, 1 - (at - runMs) / rampMs);
  };
  // Ms the pump has run at full share, the integral of `share`.
  const runTime: Curve = (ms) => {
    const at = ms % cycleMs;
    const whole = Math.floor(ms / cycleMs) * runMs;
    if (at < rampMs) return whole + (at * at) / (2 * rampMs);
    if (at < runMs) return whole + rampMs / 2 + (at - rampMs);
    const down = Math.min(rampMs, at - runMs);
    return whole + runMs - rampMs / 2 + down - (down * down) / (2 * rampMs);
  };

  const speed = stepped(1000, (ms) => Math.round(1450 * share(ms)));
  const powerKw = stepped(1000, (ms) => 0.85 + 11.2 * share(ms) ** 2 + 0.05 * wobble(4, 1000, ms));
  return {
    voltage: (phase) =>
      stepped(2000, (ms) => 229.4 + phase * 0.7 - 1.6 * share(ms) + 0.4 * wobble(phase, 2000, ms)),
    current: (phase) => (ms) => (powerKw(ms) * 1000) / (3 * 230 * 0.86) + phase * 0.11,
    powerKw,
    frequency: stepped(2000, (ms) => 50 + 0.02 * wobble(5, 2000, ms)),
    energyWh: stepped(1000, (ms) => past + (0.85 * ms + 11.2 * runTime(ms)) / 3600),
    pumpRuns: (ms) => ms % cycleMs < runMs,
    pumpSpeed: speed,
    pumpFlow: stepped(1000, (ms) => 86 * share(ms) + (share(ms) > 0 ? 0.6 * wobble(6, 1000, ms) : 0)),
    pumpPressure: stepped(1000, (ms) => 1.2 + 3.1 * share(ms) ** 2),
    pumpStarts: (ms) => 1840 + Math.floor(ms / cycleMs) + 1,
    pumpSeconds: (ms) => Math.floor((past + runTime(ms)) / 1000),
    tankLevel: stepped(
      1000,
      (ms) => 3.2 + 0.9 * ((0.6 * (ms % cycleMs)) / cycleMs - (runTime(ms) % runMs) / runMs + 0.5),
    ),
    tankInflow: stepped(2000, (ms) => 52 + 6 * Math.sin(ms / 47_000) + 0.5 * wobble(7, 2000, ms)),
    tankVolumeLitres: stepped(1000, (ms) => 9_000_000_000 + past * 7 + ms * 0.0145),
    temperature: (base, swing, channel) =>
      stepped(
        2000,
        (ms) => base + swing * Math.sin(ms / 61_000 + channel) + 0.1 * wobble(20 + channel, 2000, ms),
      ),
    doorOpen: (ms) => Math.floor(ms / 30_000) % 4 === 2,
  };
}
