import { useWords } from "../words/language.ts";
import { classes } from "./classes.ts";
import styles from "./UnitMap.module.css";
import { nextCell, type UnitMark, unitCells } from "./unitCells.ts";

/** All 247 unit numbers of a line, filling in as a scan asks them; found ones can be chosen. */
export function UnitMap(props: {
  readonly found: ReadonlyMap<number, UnitMark>;
  /** units asked so far, in rising order from `from` */
  readonly from: number;
  readonly to: number;
  readonly asked: number;
  /** a scan is asking right now */
  readonly asking: boolean;
  readonly selected?: number | undefined;
  readonly onSelect?: (unit: number) => void;
}) {
  const words = useWords().line;
  const cells = unitCells(props);
  const chosen = cells.filter((cell) => cell.mark !== undefined);
  const tabStop = props.selected ?? chosen[0]?.unit;
  return (
    // biome-ignore lint/a11y/useSemanticElements: a group of cells, not a fieldset
    <div className={styles.map} role="group" aria-label={words.mapLabel(chosen.length)}>
      {cells.map((cell) =>
        cell.mark === undefined ? (
          <i key={cell.unit} className={classes(styles.cell, styles[cell.state])} aria-hidden="true">
            {cell.state === "now" || cell.unit % 19 === 1 ? cell.unit : ""}
          </i>
        ) : (
          <button
            key={cell.unit}
            type="button"
            className={classes(
              styles.cell,
              styles[cell.mark.state],
              cell.unit === props.selected && styles.chosen,
            )}
            aria-label={words.unitCell(cell.unit, cell.mark.name)}
            aria-pressed={cell.unit === props.selected}
            title={words.unitCell(cell.unit, cell.mark.name)}
            tabIndex={cell.unit === tabStop ? 0 : -1}
            onClick={() => props.onSelect?.(cell.unit)}
            onKeyDown={(event) => {
              const next = nextCell(
                event.key,
                cell.unit,
                chosen.map((one) => one.unit),
              );
              if (next === undefined) return;
              event.preventDefault();
              props.onSelect?.(next);
              const buttons = event.currentTarget.parentElement?.querySelectorAll("button");
              buttons?.[chosen.findIndex((one) => one.unit === next)]?.focus();
            }}
          >
            {cell.unit}
          </button>
        ),
      )}
    </div>
  );
}
