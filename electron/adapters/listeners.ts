import type { Unsubscribe } from "#capabilities/line.ts";

/** Those who want to hear of one kind of event. */
export class Listeners<Args extends readonly unknown[]> {
  readonly #calls = new Set<(...args: Args) => void>();

  add(call: (...args: Args) => void): Unsubscribe {
    // Wrapped, so that adding one function twice makes two subscriptions.
    const own = (...args: Args): void => call(...args);
    this.#calls.add(own);
    return () => this.#calls.delete(own);
  }

  /** somebody listens: what is told may be worth making */
  get wanted(): boolean {
    return this.#calls.size > 0;
  }

  tell(...args: Args): void {
    for (const call of [...this.#calls]) call(...args);
  }
}

/** An event that happens once: who comes too late is told at once. */
export class Ending<Arg> {
  readonly #listeners = new Listeners<[Arg]>();
  #ended: { readonly arg: Arg } | undefined;

  get ended(): boolean {
    return this.#ended !== undefined;
  }

  add(call: (arg: Arg) => void): Unsubscribe {
    if (this.#ended === undefined) return this.#listeners.add(call);
    call(this.#ended.arg);
    return () => undefined;
  }

  /** @returns false when it had happened before: nobody is told twice */
  tell(arg: Arg): boolean {
    if (this.#ended !== undefined) return false;
    this.#ended = { arg };
    this.#listeners.tell(arg);
    return true;
  }
}
