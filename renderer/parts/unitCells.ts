/** How a found unit stands: it answered with data, only with an exception, or it does not fit the site. */
export interface UnitMark {
  readonly name: string;
  readonly state: "ok" | "warn" | "bad" | "known";
}

export interface UnitCell {
  readonly unit: number;
  readonly state: "out" | "waiting" | "asked" | "now";
  readonly mark: UnitMark | undefined;
}

/** The 247 cells of the map as a scan from `from` to `to` stands after `asked` units. */
export function unitCells(scan: {
  readonly found: ReadonlyMap<number, UnitMark>;
  readonly from: number;
  readonly to: number;
  readonly asked: number;
  readonly asking: boolean;
}): readonly UnitCell[] {
  const next = scan.from + scan.asked;
  return Array.from({ length: 247 }, (_, index) => {
    const unit = index + 1;
    const state =
      unit < scan.from || unit > scan.to
        ? "out"
        : unit < next
          ? "asked"
          : unit === next && scan.asking
            ? "now"
            : "waiting";
    return { unit, state, mark: scan.found.get(unit) };
  });
}

/** Arrows move between found units, in their order. */
export function nextCell(key: string, unit: number, found: readonly number[]): number | undefined {
  const at = found.indexOf(unit);
  if (key === "ArrowRight" || key === "ArrowDown") return found[at + 1];
  if (key === "ArrowLeft" || key === "ArrowUp") return found[at - 1];
  if (key === "Home") return found[0];
  if (key === "End") return found.at(-1);
  return undefined;
}
