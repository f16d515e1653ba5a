import type { Line } from "#capabilities/line.ts";

export const priorities = ["person", "verify", "poll"] as const;

/** Who asks: a person looking at the screen goes before a verification, and that before the polls. */
export type Priority = (typeof priorities)[number];

export interface Work {
  /** listening sends nothing, and goes before everything that does */
  readonly kind: "listen" | "exchange";
  readonly priority: Priority;
  /** settles the promise of whoever waits; never rejects itself */
  run(line: Line): Promise<void>;
  refuse(error: unknown): void;
}

/** What waits for a line. Whoever cancels leaves the queue at once; work that runs is not stopped here. */
export class WorkQueue {
  #waiting: Work[] = [];

  get isEmpty(): boolean {
    return this.#waiting.length === 0;
  }

  get hasListener(): boolean {
    return this.#waiting.some((work) => work.kind === "listen");
  }

  /** @throws the signal's reason when cancelled before its turn, else what the work throws or was refused with */
  add<T>(
    kind: Work["kind"],
    priority: Priority,
    job: (line: Line) => Promise<T>,
    signal: AbortSignal,
  ): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      const giveUp = () => {
        this.#waiting = this.#waiting.filter((other) => other !== work);
        reject(signal.reason);
      };
      const work: Work = {
        kind,
        priority,
        run: (line) => {
          signal.removeEventListener("abort", giveUp);
          return job(line).then(resolve, reject);
        },
        refuse: (error) => {
          signal.removeEventListener("abort", giveUp);
          reject(error);
        },
      };
      signal.addEventListener("abort", giveUp, { once: true });
      this.#waiting.push(work);
    });
  }

  /** takes out who goes next: listeners, then by priority, and within it who came first */
  next(): Work | undefined {
    const next =
      this.#waiting.find((work) => work.kind === "listen") ??
      priorities
        .map((priority) => this.#waiting.find((work) => work.priority === priority))
        .find((work) => work !== undefined);
    this.#waiting = this.#waiting.filter((work) => work !== next);
    return next;
  }

  refuseExchanges(error: unknown): void {
    this.#refuse((work) => work.kind === "exchange", error);
  }

  refuseAll(error: unknown): void {
    this.#refuse(() => true, error);
  }

  #refuse(which: (work: Work) => boolean, error: unknown): void {
    const refused = this.#waiting.filter(which);
    this.#waiting = this.#waiting.filter((work) => !which(work));
    for (const work of refused) work.refuse(error);
  }
}
