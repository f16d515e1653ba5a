/** Equal bins over the values' range. `counts[i]` holds values in `[from + i·step, from + (i+1)·step)`. */
export function bins(
  values: readonly number[],
  most: number,
): { readonly counts: readonly number[]; readonly from: number; readonly step: number } {
  const from = Math.floor(Math.min(...values));
  const to = Math.ceil(Math.max(...values)) + 1;
  const count = Math.min(most, Math.max(8, to - from));
  const step = (to - from) / count;
  const counts = new Array<number>(count).fill(0);
  for (const value of values) {
    const at = Math.min(count - 1, Math.floor((value - from) / step));
    counts[at] = (counts[at] ?? 0) + 1;
  }
  return { counts, from, step };
}

/** The value below which `part` (0–1) of the values lie, nearest rank. */
export function quantile(values: readonly number[], part: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(part * sorted.length) - 1)] ?? 0;
}
