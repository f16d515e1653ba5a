/** Whether a version such as `2.15.1` is `from` or later, and before `below`. Anything behind a dash is not looked at. */
export function isInRange(version: string, from: string, below: string): boolean {
  return order(version, from) >= 0 && order(version, below) < 0;
}

function order(one: string, other: string): number {
  const [left, right] = [numbers(one), numbers(other)];
  for (let at = 0; at < 3; at += 1) {
    const difference = (left[at] ?? 0) - (right[at] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

function numbers(version: string): readonly number[] {
  return (version.split("-")[0] ?? "").split(".").map(Number);
}
