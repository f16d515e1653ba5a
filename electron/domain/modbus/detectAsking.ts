import type { SerialSettings, Unit } from "../site/site.ts";
import { charMs } from "./timing.ts";

/** Numbers that devices come with or that installers like, beside the lowest. */
const usualUnits = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 100, 247];
const mostUnits = 12;

/** Units to ask at each of the settings: those of the site, or where none is known the usual ones. */
export function unitsToAsk(known: readonly Unit[]): readonly number[] {
  return known.length > 0 ? known.slice(0, mostUnits).map((unit) => unit.number) : usualUnits;
}

/**
 * ms until the first byte of a reply must be here. Units seldom take 100 ms to answer; a known unit is worth waiting
 * for as long as the line's own time-out, within reason: with wrong settings every wait is in vain.
 */
export function askTimeoutMs(settings: SerialSettings, isKnown: boolean, lineTimeoutMs: number): number {
  return (isKnown ? Math.min(300, lineTimeoutMs) : 100) + Math.ceil(5 * charMs(settings));
}
