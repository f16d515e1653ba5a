import type { boxOf, Cell } from "./cellRange.ts";
import type { SheetGridProps } from "./SheetGrid.tsx";
import type { RowActions } from "./SheetRow.tsx";
import { endTyping, startTyping } from "./typing.ts";

/** What the sheet shows at the time of a click. */
type Now = {
  readonly current: {
    readonly props: SheetGridProps;
    readonly selection: ReturnType<typeof boxOf>;
  };
};

/** What rows ask for; made once, so that rows are not drawn again for it. */
export function rowActions(now: Now, box: { readonly current: HTMLDivElement | null }): RowActions {
  let isEnding = false;
  const select = (anchor: Cell, focus: Cell) => {
    const { sheet, rows, onRow } = now.current.props;
    sheet.select({ anchor, focus });
    const key = rows[focus.row]?.key;
    if (key !== undefined) onRow(key);
  };
  return {
    press(row, column, extend) {
      const { sheet } = now.current.props;
      select(extend && sheet.isPlaced ? sheet.range.anchor : { row, column }, { row, column });
    },
    drag(row, column) {
      const { sheet } = now.current.props;
      if (sheet.isPlaced) sheet.select({ anchor: sheet.range.anchor, focus: { row, column } });
    },
    open(row, column) {
      startTyping(now.current.props, { row, column }, undefined);
    },
    tick: (key) => now.current.props.onTick(key),
    text(text) {
      const { sheet } = now.current.props;
      if (sheet.typing) sheet.type({ ...sheet.typing, text });
    },
    end(how) {
      // Giving the focus back takes it from the cell, which would end a second time.
      if (isEnding) return;
      isEnding = true;
      endTyping(now.current.props, now.current.selection, how);
      if (how !== "stay") box.current?.focus({ preventScroll: true });
      isEnding = false;
    },
  };
}
