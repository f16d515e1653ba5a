/** Cells of one table as text. `rows[0]` is the first line of the file or sheet, blank ones included. */
export interface Sheet {
  readonly name: string;
  readonly rows: readonly (readonly string[])[];
}

/** No table for tags is larger; what is larger is damaged or a bomb. */
export const mostRows = 500_000;
export const mostColumns = 1_000;

/**
 * Work in slices: whoever runs it decides at each pause whether something else comes first. A slice takes a few
 * milliseconds at most.
 */
export type Sliced<T> = Generator<void, T, void>;

/** Runs sliced work in one go. */
export function runThrough<T>(work: Sliced<T>): T {
  for (;;) {
    const step = work.next();
    if (step.done) return step.value;
  }
}
