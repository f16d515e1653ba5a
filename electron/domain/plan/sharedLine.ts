/** A group's claim on its line: a round of `cycleMs` every `intervalMs`. */
export interface Load {
  readonly cycleMs: number;
  readonly intervalMs: number;
}

/** An interval is advised with a little to spare, because a prediction is right within five per cent. */
const spare = 1.05;
const stepMs = 100;

/** True when the line has less time than its groups ask for. */
export function isOver(loads: readonly Load[]): boolean {
  return loads.reduce((sum, { cycleMs, intervalMs }) => sum + cycleMs / intervalMs, 0) > 1;
}

/**
 * The time in which each group that is read too slowly gets its round; 0 when there is none.
 *
 * Groups take turns, so a line that is asked for too much goes round the impatient ones without a pause, while the
 * patient ones still find their turn. Who is impatient follows from the period, and the period from who is: the
 * shortest intervals first, until all that is left has time.
 */
export function sharedPeriodMs(loads: readonly Load[]): number {
  if (!isOver(loads)) return 0;
  const impatientFirst = loads.toSorted((a, b) => a.intervalMs - b.intervalMs);
  let roundMs = 0;
  let taken = loads.reduce((sum, { cycleMs, intervalMs }) => sum + cycleMs / intervalMs, 0);
  let periodMs = 0;
  for (const { cycleMs, intervalMs } of impatientFirst) {
    if (taken < 1 && periodMs <= intervalMs) break;
    roundMs += cycleMs;
    taken -= cycleMs / intervalMs;
    periodMs = taken < 1 ? roundMs / (1 - Math.max(0, taken)) : Number.POSITIVE_INFINITY;
  }
  return periodMs;
}

/** An interval that people write, long enough for a period with something to spare. */
export function slowerMs(periodMs: number): number {
  return Math.ceil((periodMs * spare) / stepMs) * stepMs;
}
