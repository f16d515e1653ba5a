import { seeded } from "../lineNoise.ts";
import type { Temper } from "./rtuUnit.ts";

/** What can be wrong with one unit, asked anew at each request: faults are switched while the site runs. */
export interface Troubles {
  /** the first byte of some replies is damaged: its driver is switched too late */
  readonly clips?: () => boolean;
  /** some replies stop half way */
  readonly halves?: () => boolean;
  /** it misses requests that come within 20 ms of another frame or of its own reply */
  readonly needsGap?: () => boolean;
  readonly isDead?: () => boolean;
  /** now and then it takes half a second */
  readonly isSlow?: () => boolean;
}

const neededGapMs = 20;

/** The temper of a unit with troubles that come and go, always the same way for a seed. */
export function troubled(temper: Temper, troubles: Troubles, seed: number): Temper {
  const happens = (which: number, share: number, request: number) => seeded(seed + which, request) < share;
  return {
    refuses: (request) => temper.refuses(request),
    turnaroundMs(request) {
      const late = troubles.isSlow?.() === true && happens(501, 0.05, request);
      return temper.turnaroundMs(request) + (late ? 500 : 0);
    },
    ignores: (elapsedMs, pdu) => troubles.isDead?.() === true || temper.ignores(elapsedMs, pdu),
    misses: (quietMs) =>
      (troubles.needsGap?.() === true && quietMs < neededGapMs) || temper.misses?.(quietMs) === true,
    sends(frame, request) {
      const whole = temper.sends?.(frame, request) ?? frame;
      if (troubles.clips?.() && happens(502, 0.3, request))
        return whole.map((byte, index) => (index === 0 ? byte | 0xf0 : byte));
      if (troubles.halves?.() && happens(503, 0.3, request))
        return whole.slice(0, Math.ceil(whole.length / 2));
      return whole;
    },
  };
}
