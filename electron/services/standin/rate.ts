const windowMs = 5000;

/** How fast a count rises, over the last five seconds. */
export class Rate {
  readonly #now: () => number;
  #looks: { readonly at: number; readonly count: number }[] = [];

  constructor(now: () => number) {
    this.#now = now;
  }

  /** @returns a second, with one decimal */
  perSecond(count: number): number {
    const at = this.#now();
    this.#looks.push({ at, count });
    while (this.#looks.length > 2 && at - (this.#looks[0]?.at ?? at) > windowMs) this.#looks.shift();
    const first = this.#looks[0] as { at: number; count: number };
    return at === first.at ? 0 : Math.round(((count - first.count) * 10_000) / (at - first.at)) / 10;
  }
}
