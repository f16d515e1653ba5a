/** Runs sliced work in one go; nothing that is packed can be read so. */
export function runThrough<T>(work: Generator<unknown, T, undefined>): T {
  for (;;) {
    const step = work.next();
    if (step.done) return step.value;
  }
}
