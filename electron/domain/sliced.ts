/**
 * Work in slices: whoever runs it decides at each pause whether something else comes first. A slice takes a few
 * milliseconds at most.
 */
export type Sliced<T> = Generator<undefined, T, unknown>;
