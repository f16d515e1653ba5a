// biome-ignore-all lint/a11y/useSemanticElements: a table that draws only the rows in sight cannot be a <table>
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid holds the focus and names its active cell
// biome-ignore-all lint/a11y/useKeyWithClickEvents: keys are taken by the grid
import { type MouseEvent, memo } from "react";
import { problemView } from "#contract/failure.ts";
import type { TagView } from "#contract/views.ts";
import { sayFailure } from "#contract/words/say.ts";
import { classes } from "../../../parts/classes.ts";
import { Icon } from "../../../parts/Icon.tsx";
import { fullName } from "../../../parts/TagName.tsx";
import { useLanguage, useWords } from "../../../words/language.ts";
import { CellMarkIcon } from "../findings/CellMarkIcon.tsx";
import type { CellMark } from "../findings/findingModel.ts";
import { CellEditor, type TypingEnd } from "./CellEditor.tsx";
import type { WrongCell } from "./cellEdits.ts";
import { choicesOf } from "./cellText.ts";
import styles from "./Sheet.module.css";
import type { SheetColumn } from "./SheetColumn.ts";
import { wrongKey } from "./useSheet.ts";

/** What the rows tell the grid; the same functions for every row and every drawing. */
export interface RowActions {
  press(row: number, column: number, extend: boolean): void;
  drag(row: number, column: number): void;
  open(row: number, column: number): void;
  tick(key: string): void;
  text(text: string): void;
  end(how: TypingEnd): void;
}

export interface SheetRowProps {
  readonly id: string;
  readonly row: TagView;
  readonly index: number;
  readonly top: number;
  readonly tracks: string;
  readonly columns: readonly SheetColumn[];
  readonly ticked: boolean;
  /** the cursor's column when it stands in this row, else -1 */
  readonly cursor: number;
  /** selected columns of this row; from > to: none */
  readonly from: number;
  readonly to: number;
  /** the text being typed in the cursor's cell */
  readonly typing: string | undefined;
  readonly wrong: ReadonlyMap<string, WrongCell>;
  /** what the lint found, by cell */
  readonly marks: ReadonlyMap<string, CellMark>;
  readonly actions: RowActions;
}

/** One tag as a row of cells; drawn again only when something of it changes. */
export const SheetRow = memo(function SheetRow(props: SheetRowProps) {
  const { row, columns, actions, index, cursor } = props;
  const words = useWords().tags;
  const press = (column: number) => (event: MouseEvent) => {
    if (event.button === 0) actions.press(index, column, event.shiftKey);
  };
  return (
    <div
      role="row"
      aria-rowindex={index + 2}
      aria-selected={props.ticked}
      className={classes(styles.row, cursor >= 0 && styles.current)}
      style={{ gridTemplateColumns: props.tracks, transform: `translateY(${props.top}px)` }}
    >
      <div role="gridcell">
        <input
          type="checkbox"
          className={styles.tick}
          tabIndex={-1}
          aria-label={words.select(fullName(row.tag))}
          checked={props.ticked}
          onChange={() => actions.tick(row.key)}
        />
      </div>
      {columns.map((column, at) => (
        <SheetCell
          key={column.key}
          {...props}
          column={column}
          at={at}
          onMouseDown={press(at)}
          onMouseEnter={(event) => event.buttons === 1 && actions.drag(index, at)}
          onDoubleClick={() => actions.open(index, at)}
        />
      ))}
    </div>
  );
});

function SheetCell(
  props: SheetRowProps & {
    readonly column: SheetColumn;
    readonly at: number;
    readonly onMouseDown: (event: MouseEvent) => void;
    readonly onMouseEnter: (event: MouseEvent) => void;
    readonly onDoubleClick: () => void;
  },
) {
  const { column, at, row, actions } = props;
  const language = useLanguage();
  const isCursor = props.cursor === at;
  const isTyping = isCursor && props.typing !== undefined && column.field !== undefined;
  const key = column.field && wrongKey(row.key, column.field);
  const wrong = key && props.wrong.get(key);
  const said = wrong && sayFailure(language, problemView(wrong.problem));
  const mark = key && !wrong && !isTyping ? props.marks.get(key) : undefined;
  return (
    <div
      role="gridcell"
      id={isCursor ? props.id : undefined}
      aria-selected={isCursor || (at >= props.from && at <= props.to)}
      aria-invalid={wrong ? true : undefined}
      title={said ? `${said.says} ${said.try}` : mark?.says}
      className={classes(
        column.align === "right" && styles.right,
        column.mono && "mono",
        column.dim && !wrong && styles.dim,
        at >= props.from && at <= props.to && styles.within,
        isCursor && styles.cursor,
        wrong && styles.wrong,
        mark && styles.marked,
        isTyping && styles.typing,
      )}
      onMouseDown={props.onMouseDown}
      onMouseEnter={props.onMouseEnter}
      onDoubleClick={props.onDoubleClick}
    >
      {isTyping && column.field ? (
        <CellEditor
          label={column.title}
          text={props.typing}
          choices={choicesOf(column.field)}
          alignRight={column.align === "right"}
          onText={actions.text}
          onEnd={actions.end}
        />
      ) : wrong ? (
        <>
          <Icon name="warn" size={12} /> {wrong.text}
        </>
      ) : (
        column.cell(row)
      )}
      {mark && <CellMarkIcon mark={mark} left={column.align === "right"} />}
    </div>
  );
}
