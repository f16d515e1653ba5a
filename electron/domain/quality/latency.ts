/** The value that a share of all values does not exceed; 0 where there are none. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0;
}

/** What is later than this comes late: far beyond what is usual for the unit. */
export function lateMs(waitsMs: readonly number[]): number {
  return Math.max(200, 10 * quantile(waitsMs, 0.5));
}
