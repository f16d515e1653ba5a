const silencesToRest = 3;
const firstRestMs = 1000;
const longestRestMs = 30_000;

interface Silence {
  readonly inARow: number;
  /** monotonic */
  readonly restUntil: number;
}

/**
 * Leaves units alone that do not answer, so that their time-outs do not starve the others: after three silences in
 * a row 1 s, then 2, 4 … 30 s with each further one.
 */
export class Backoff {
  readonly #silences = new Map<number, Silence>();

  rests(unit: number, now: number): boolean {
    return now < (this.#silences.get(unit)?.restUntil ?? 0);
  }

  silent(unit: number, now: number): void {
    const inARow = (this.#silences.get(unit)?.inARow ?? 0) + 1;
    const doublings = Math.min(inARow - silencesToRest, 10);
    const restMs = doublings < 0 ? 0 : Math.min(firstRestMs * 2 ** doublings, longestRestMs);
    this.#silences.set(unit, { inARow, restUntil: now + restMs });
  }

  answered(unit: number): void {
    this.#silences.delete(unit);
  }
}
