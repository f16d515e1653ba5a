import { Modal } from "@mantine/core";
import { type KeyboardEvent, useId, useState } from "react";
import { classes } from "../parts/classes.ts";
import { useWords } from "../words/language.ts";
import { type Command, useAllCommands } from "./commands.tsx";
import styles from "./Palette.module.css";

/** Ctrl+K: every action by its name. Arrows choose, Enter does it. */
export function Palette({ open, onClose }: { readonly open: boolean; readonly onClose: () => void }) {
  const words = useWords().frame;
  return (
    <Modal
      opened={open}
      onClose={onClose}
      withCloseButton={false}
      size={520}
      padding={0}
      classNames={{ body: styles.body ?? "" }}
      yOffset="12vh"
      transitionProps={{ duration: 0 }}
      attributes={{ content: { "aria-label": words.palette } }}
    >
      <PaletteList onClose={onClose} />
    </Modal>
  );
}

function PaletteList({ onClose }: { readonly onClose: () => void }) {
  const words = useWords().frame;
  const id = useId();
  const [text, setText] = useState("");
  const [at, setAt] = useState(0);
  const found = fitting(useAllCommands(), text);
  const chosen = found[Math.min(at, found.length - 1)];

  function run(command: Command | undefined): void {
    if (!command) return;
    onClose();
    command.run();
  }

  function move(event: KeyboardEvent): void {
    if (event.key === "ArrowDown") setAt(Math.min(found.length - 1, at + 1));
    else if (event.key === "ArrowUp") setAt(Math.max(0, at - 1));
    else if (event.key === "Enter") run(chosen);
    else return;
    event.preventDefault();
  }

  return (
    <>
      <input
        className={styles.input}
        role="combobox"
        aria-expanded="true"
        aria-controls={`${id}-list`}
        aria-activedescendant={chosen ? `${id}-${chosen.id}` : undefined}
        aria-label={words.palettePlaceholder}
        placeholder={words.palettePlaceholder}
        data-autofocus
        value={text}
        onChange={(event) => {
          setText(event.currentTarget.value);
          setAt(0);
        }}
        onKeyDown={move}
      />
      <div className={styles.list} id={`${id}-list`} role="listbox" aria-label={words.palette}>
        {found.map((command) => (
          // biome-ignore lint/a11y/useFocusableInteractive: the input keeps the focus and names the chosen one
          // biome-ignore lint/a11y/useKeyWithClickEvents: keys are taken by the input
          <div
            key={command.id}
            id={`${id}-${command.id}`}
            role="option"
            aria-selected={command === chosen}
            className={classes(styles.option, command === chosen && styles.chosen)}
            ref={command === chosen ? scrollIntoSight : null}
            onClick={() => run(command)}
          >
            {command.label}
          </div>
        ))}
      </div>
      {found.length === 0 && <p className={styles.none}>{words.paletteNone}</p>}
    </>
  );
}

function scrollIntoSight(element: HTMLElement | null): void {
  element?.scrollIntoView({ block: "nearest" });
}

/** Commands whose label holds every word that was typed. */
function fitting(commands: readonly Command[], text: string): readonly Command[] {
  const wanted = text.toLowerCase().split(/\s+/).filter(Boolean);
  return commands.filter((command) => wanted.every((word) => command.label.toLowerCase().includes(word)));
}
