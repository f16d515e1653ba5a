import { type KeyboardEvent, useEffect, useRef } from "react";
import styles from "./Sheet.module.css";

/** How typing in a cell ended, and where the cursor goes. */
export type TypingEnd = "down" | "up" | "right" | "left" | "all" | "stay" | "cancel";

/** The field in a cell while it is typed in. Enter takes the text, Ctrl+Enter for all selected, Escape leaves it. */
export function CellEditor(props: {
  readonly label: string;
  readonly text: string;
  readonly choices: readonly string[] | undefined;
  readonly alignRight: boolean;
  readonly onText: (text: string) => void;
  readonly onEnd: (how: TypingEnd) => void;
}) {
  const field = useRef<HTMLInputElement & HTMLSelectElement>(null);
  useEffect(() => {
    field.current?.focus();
    if (field.current instanceof HTMLInputElement) {
      const end = field.current.value.length;
      field.current.setSelectionRange(end, end);
    }
  }, []);

  function press(event: KeyboardEvent): void {
    const how = endOf(event);
    event.stopPropagation();
    if (how === undefined) return;
    event.preventDefault();
    props.onEnd(how);
  }

  const shared = {
    ref: field,
    "aria-label": props.label,
    className: styles.editor,
    value: props.text,
    onKeyDown: press,
    onBlur: () => props.onEnd("stay"),
    onClick: (event: { stopPropagation(): void }) => event.stopPropagation(),
    onDoubleClick: (event: { stopPropagation(): void }) => event.stopPropagation(),
  };
  if (props.choices === undefined || !props.choices.includes(props.text)) {
    return (
      <input
        {...shared}
        style={props.alignRight ? { textAlign: "right" } : undefined}
        spellCheck={false}
        onChange={(event) => props.onText(event.currentTarget.value)}
      />
    );
  }
  return (
    <select {...shared} onChange={(event) => props.onText(event.currentTarget.value)}>
      {props.choices.map((choice) => (
        <option key={choice}>{choice}</option>
      ))}
    </select>
  );
}

function endOf({ key, ctrlKey, metaKey, shiftKey }: KeyboardEvent): TypingEnd | undefined {
  if (key === "Escape") return "cancel";
  if (key === "Tab") return shiftKey ? "left" : "right";
  if (key !== "Enter") return undefined;
  if (ctrlKey || metaKey) return "all";
  return shiftKey ? "up" : "down";
}
