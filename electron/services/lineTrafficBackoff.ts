const silencesToRest = 3;
/** of the line's time that units without an answer may take, one part in so many */
const restParts = 20;
/** past its rest for so long, a unit is one that nobody polls any more */
const forgetMs = 60_000;

interface Silence {
  readonly inARow: number;
  /** monotonic */
  readonly restUntil: number;
}

/**
 * Leaves units alone that do not answer their polls, so that their time-outs do not starve the others: all of them together take
 * a twentieth of the line's time, each as often as the next.
 *
 * A unit that has answered before rests after three silences in a row, one that never did after the first.
 */
export class Backoff {
  readonly #silences = new Map<number, Silence>();
  readonly #known = new Set<number>();

  rests(unit: number, now: number): boolean {
    return now < (this.#silences.get(unit)?.restUntil ?? 0);
  }

  /** @param waitedMs the time that the line was kept by the silence which ends now */
  silent(unit: number, now: number, waitedMs: number): void {
    for (const [other, { restUntil }] of this.#silences)
      if (now > restUntil + forgetMs) this.#silences.delete(other);
    const inARow = (this.#silences.get(unit)?.inARow ?? 0) + 1;
    this.#silences.set(unit, { inARow, restUntil: now });
    if (this.#known.has(unit) && inARow < silencesToRest) return;
    const restMs = waitedMs * restParts * this.#silences.size;
    this.#silences.set(unit, { inARow, restUntil: now + restMs });
  }

  answered(unit: number): void {
    this.#silences.delete(unit);
    this.#known.add(unit);
  }
}
