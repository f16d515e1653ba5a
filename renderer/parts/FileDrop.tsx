import { type DragEvent, type ReactNode, useRef, useState } from "react";
import { Button, type ButtonProps } from "./Button.tsx";
import styles from "./FileDrop.module.css";
import { Icon } from "./Icon.tsx";

/** A place that takes one dropped file, and says so while one hangs over it. */
export function FileDrop(props: {
  readonly says: string;
  readonly onFile: (file: File) => void;
  readonly fills?: boolean;
  readonly children: ReactNode;
}) {
  const [over, setOver] = useState(false);
  const hasFile = (event: DragEvent) => event.dataTransfer.types.includes("Files");
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping adds to the button that chooses a file
    <div
      className={props.fills ? styles.fills : styles.drop}
      onDragOver={(event) => {
        if (!hasFile(event)) return;
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget as Node | null)) setOver(false);
      }}
      onDrop={(event) => {
        if (!hasFile(event)) return;
        event.preventDefault();
        setOver(false);
        const file = event.dataTransfer.files[0];
        if (file) props.onFile(file);
      }}
    >
      {props.children}
      {over && (
        <div className={styles.over} aria-hidden="true">
          <Icon name="upload" size={22} />
          {props.says}
        </div>
      )}
    </div>
  );
}

/** A button that opens the system's file dialog. */
export function FileButton(
  props: Omit<ButtonProps, "onClick"> & { readonly accept: string; readonly onFile: (file: File) => void },
) {
  const { accept, onFile, ...button } = props;
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <Button {...button} onClick={() => input.current?.click()} />
      <input
        ref={input}
        type="file"
        hidden
        accept={accept}
        aria-label={button.label ?? (typeof button.children === "string" ? button.children : undefined)}
        onChange={(event) => {
          const file = event.currentTarget.files?.[0];
          // The same file chosen again, corrected meanwhile, must count as a choice.
          event.currentTarget.value = "";
          if (file) onFile(file);
        }}
      />
    </>
  );
}
