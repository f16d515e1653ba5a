/**
 * Work in slices: whoever runs it decides at each pause whether something else comes first. A slice takes a few
 * milliseconds at most.
 */
export type Sliced<T> = Generator<undefined, T, unknown>;

/** Runs sliced work in one go; nothing that is packed can be read so. */
export function runThrough<T>(work: Generator<unknown, T, undefined>): T {
  for (;;) {
    const step = work.next();
    if (step.done) return step.value;
  }
}
