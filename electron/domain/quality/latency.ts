/** The value that a share of all values does not exceed; 0 where there are none. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0;
}

const bounds = [5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000] as const;

/** Times counted by size: each from the bound before up to `toMs`; null is beyond the last bound. */
export function latencyHistogram(
  latenciesMs: readonly number[],
): readonly { readonly toMs: number | null; readonly count: number }[] {
  const place = (ms: number) => bounds.find((bound) => ms < bound) ?? null;
  const places = latenciesMs.map(place);
  return [...bounds, null].flatMap((toMs) => {
    const count = places.filter((one) => one === toMs).length;
    return count === 0 ? [] : [{ toMs, count }];
  });
}
