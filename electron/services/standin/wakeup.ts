/** Wakes one who waits; a call before the waiting counts too. */
export class Wakeup {
  #isCalled = false;
  #resolve: (() => void) | undefined;

  call(): void {
    this.#isCalled = true;
    this.#resolve?.();
  }

  /** Resolves when called since the last waiting. */
  async wait(): Promise<void> {
    if (!this.#isCalled)
      await new Promise<void>((resolve) => {
        this.#resolve = resolve;
      });
    this.#resolve = undefined;
    this.#isCalled = false;
  }
}
