import type { Request } from "./sentRequests.ts";

const mostRemembered = 500;

/** Requests that were refused, the latest few hundred: what a unit does not have it is not asked for on our own account. */
export class RefusedRequests {
  readonly #keys = new Set<string>();

  add(request: Request): void {
    if (this.#keys.size >= mostRemembered) this.#keys.clear();
    this.#keys.add(keyOf(request));
  }

  has(request: Request): boolean {
    return this.#keys.has(keyOf(request));
  }
}

function keyOf({ unit, pdu }: Request): string {
  return `${unit}:${pdu.join()}`;
}
