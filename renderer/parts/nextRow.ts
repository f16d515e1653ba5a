/**
 * Where a key moves the selection of a table.
 *
 * @param at the selected row, -1 for none
 * @param seen rows in sight, the step of Page Up and Page Down
 * @returns the row to select, or undefined when the key does not move
 */
export function nextRow(key: string, at: number, count: number, seen: number): number | undefined {
  if (count === 0) return undefined;
  const to = aim(key, at, count, seen);
  return to === undefined ? undefined : Math.min(count - 1, Math.max(0, to));
}

function aim(key: string, at: number, count: number, seen: number): number | undefined {
  switch (key) {
    case "ArrowDown":
      return at + 1;
    case "ArrowUp":
      return at < 0 ? count - 1 : at - 1;
    case "PageDown":
      return at + seen;
    case "PageUp":
      return at - seen;
    case "Home":
      return 0;
    case "End":
      return count - 1;
    default:
      return undefined;
  }
}
