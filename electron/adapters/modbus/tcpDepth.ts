// "NumberMaxOfClientTransaction", MODBUS Messaging on TCP/IP v1.0b, 4.4: from 1 to 16.
const most = 16;
const step = 4;
const windowMs = 20;
const roundsAStretch = 8;
const worthwhile = 1.1;
const firstRestMs = 250;
const longestRestMs = 60_000;

/**
 * How many requests a device is asked at once, found out by watching it.
 *
 * It begins with one. While every place is used, the answers of a stretch of time are counted: when they come faster
 * than with a quarter as many, four times as many are tried next, up to 16, and otherwise it goes back. A device that shows
 * that it cannot take so many is never given as many again; this outlives its connection.
 *
 * Times are monotonic ms.
 */
export class TcpDepth {
  #depth = 1;
  #ceiling = most;
  /** answers a ms with the depth before, where that was measured just before */
  #rateBelow = 0;
  #windowBegunAt = 0;
  #begunAt = 0;
  #answers = 0;
  #best = 0;
  #slowestMs = 0;
  #measuring = false;
  #restUntil = 0;
  #restMs = firstRestMs;
  #trial: { readonly unit: number; readonly depth: number } | undefined;
  readonly #silent = new Set<number>();

  /** how many requests may be outstanding now */
  get atOnce(): number {
    return this.#depth;
  }

  /** this unit was silent when it was asked alone: that it says nothing beside others is no news */
  isSilent(unit: number): boolean {
    return this.#silent.has(unit);
  }

  /** Requests went out; `outstanding` counts those now unanswered. A stretch with free places measures nothing. */
  sent(outstanding: number, now: number): void {
    if (outstanding < this.#depth) this.#measuring = false;
    else if (!this.#measuring) this.#measure(now);
  }

  /** A right answer, not a refusal for being busy. */
  answered(unit: number, alone: boolean, latencyMs: number, timeoutMs: number, now: number): void {
    if (this.#silent.size > 0) this.#silent.delete(unit);
    if (alone && this.#trial?.unit === unit) this.#fall(1);
    if (!this.#measuring) return;
    this.#answers += 1;
    if (latencyMs > this.#slowestMs) this.#slowestMs = latencyMs;
    if (this.#answers < roundsAStretch * this.#depth) return;
    // The best of several stretches: the others were held up by something else.
    this.#best = Math.max(this.#best, this.#answers / (now - this.#begunAt));
    this.#answers = 0;
    this.#begunAt = now;
    if (now - this.#windowBegunAt >= windowMs) this.#judge(this.#best, timeoutMs, now);
  }

  /** Asked alone, the unit said nothing: if it did so beside others before, that was not for their number. */
  silentAlone(unit: number): void {
    this.#silent.add(unit);
    if (this.#trial?.unit !== unit) return;
    this.#depth = Math.min(this.#trial.depth, this.#ceiling);
    this.#trial = undefined;
  }

  /** A unit that used to answer did not, beside others: one at a time, until it is known whether that was the cause. */
  missed(unit: number): void {
    this.#trial ??= { unit, depth: this.#depth };
    this.#depth = 1;
    this.#measuring = false;
    this.#rateBelow = 0;
  }

  /** The device was busy with as many as could be outstanding when the request was sent. */
  refused(atOnce: number): void {
    this.#fall(Math.max(1, Math.min(this.#ceiling, atOnce >> 1)));
  }

  /** Answers did not tell which request they were for, or the device cut the connection with several unanswered. */
  failed(): void {
    this.#fall(1);
  }

  #fall(ceiling: number): void {
    this.#ceiling = ceiling;
    this.#depth = Math.min(this.#depth, ceiling);
    this.#trial = undefined;
    this.#measuring = false;
    this.#rateBelow = 0;
  }

  #judge(rate: number, timeoutMs: number, now: number): void {
    // A device that takes its requests one by one answers the last of four so many four times as late.
    const inTime = this.#slowestMs * step * 2 < timeoutMs;
    this.#measure(now);
    if (this.#rateBelow > 0 && rate < this.#rateBelow * worthwhile) {
      this.#depth /= step;
      this.#rateBelow = 0;
      this.#restUntil = now + this.#restMs;
      this.#restMs = Math.min(this.#restMs * 2, longestRestMs);
      return;
    }
    this.#rateBelow = 0;
    if (this.#depth * step > this.#ceiling || now < this.#restUntil || this.#trial || !inTime) return;
    this.#rateBelow = rate;
    this.#depth *= step;
    this.#measuring = false;
  }

  #measure(now: number): void {
    this.#measuring = true;
    this.#windowBegunAt = now;
    this.#begunAt = now;
    this.#answers = 0;
    this.#best = 0;
    this.#slowestMs = 0;
  }
}
