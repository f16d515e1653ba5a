/** A set of whole numbers that mostly follow each other: kept as ranges from `start` up to, not including, `end`. */
export class NumberRanges {
  readonly #starts: number[] = [];
  readonly #ends: number[] = [];
  #count = 0;

  get count(): number {
    return this.#count;
  }

  get ranges(): readonly (readonly [start: number, end: number])[] {
    return this.#starts.map((start, index) => [start, this.#ends[index] as number]);
  }

  has(number: number): boolean {
    const index = this.#before(number);
    return index >= 0 && number < (this.#ends[index] as number);
  }

  /** The first number from `from` on that is not in the set. */
  firstOutside(from: number): number {
    const index = this.#before(from);
    return index >= 0 ? Math.max(from, this.#ends[index] as number) : from;
  }

  /** @returns how many of them were not in it before */
  add(start: number, end = start + 1): number {
    if (end <= start) return 0;
    let first = this.#before(start);
    // The usual case: one more behind a range, and nothing to join it with.
    if (this.#ends[first] === start && !(end >= (this.#starts[first + 1] ?? Number.POSITIVE_INFINITY))) {
      this.#ends[first] = end;
      this.#count += end - start;
      return end - start;
    }
    if (first < 0 || (this.#ends[first] as number) < start) first++;
    let next = first;
    let [from, to, had] = [start, end, 0];
    while (next < this.#starts.length && (this.#starts[next] as number) <= end) {
      from = Math.min(from, this.#starts[next] as number);
      to = Math.max(to, this.#ends[next] as number);
      had += (this.#ends[next] as number) - (this.#starts[next] as number);
      next++;
    }
    this.#starts.splice(first, next - first, from);
    this.#ends.splice(first, next - first, to);
    const added = to - from - had;
    this.#count += added;
    return added;
  }

  /** How many numbers of a range are in the set. */
  within(start: number, end: number): number {
    let count = 0;
    for (let index = Math.max(0, this.#before(start)); index < this.#starts.length; index++) {
      const from = this.#starts[index] as number;
      if (from >= end) break;
      count += Math.max(0, Math.min(end, this.#ends[index] as number) - Math.max(start, from));
    }
    return count;
  }

  /** The last range that begins at or before a number; -1: none does. */
  #before(number: number): number {
    let [low, high] = [0, this.#starts.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#starts[middle] as number) <= number) low = middle + 1;
      else high = middle;
    }
    return low - 1;
  }
}
