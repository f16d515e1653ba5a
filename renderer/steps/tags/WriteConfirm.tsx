import { Modal } from "@mantine/core";
import type { Line } from "#domain/site/site.ts";
import { printAddress } from "#domain/tag/printAddress.ts";
import { type Tag, tagKey } from "#domain/tag/tag.ts";
import { textOfWords, wordsToWrite } from "#domain/tag/writeValue.ts";
import { useItem } from "../../client/hooks.ts";
import { Button } from "../../parts/Button.tsx";
import { Facts } from "../../parts/Inspector.tsx";
import type { Way } from "../../parts/WayChoice.tsx";
import { useWords } from "../../words/language.ts";
import styles from "./WritePart.module.css";

/** Says exactly which unit, register and value before anything is written. */
export function WriteConfirm(props: {
  readonly tag: Tag;
  readonly line: Line | undefined;
  readonly value: string;
  readonly way: Way;
  readonly onClose: () => void;
  readonly onConfirm: () => void;
}) {
  const { tags, parts } = useWords();
  const words = tags.write;
  const { tag, line } = props;
  const live = useItem("live", tagKey(tag));
  const isReading = useItem("session", "session")?.reading === true;
  const read = wordsToWrite(props.value, tag);
  if (!read.ok) return null;

  const { unit, area, offset } = tag.address;
  const named = (value: string) => `${value} ${tag.unit}`.trim();
  // A value of an hour ago is not the value now.
  const now = isReading && live?.quality === "good" ? named(live.text) : words.notRead;
  const known = line?.units.find((one) => one.number === unit);
  const place = [unit, known?.name || known?.identity, line?.name].filter(Boolean).join(" · ");
  // What is written may be rounded to what the register can hold, so the words are shown as a value again.
  const next = named(textOfWords(read.value, tag));
  const hex = read.value.map((word) => word.toString(16).padStart(4, "0").toUpperCase()).join(" ");
  return (
    <Modal
      opened
      onClose={props.onClose}
      title={words.confirmTitle(tag.name)}
      closeButtonProps={{ "aria-label": parts.close }}
      centered
    >
      <div className={styles.confirm}>
        <Facts
          facts={[
            { name: words.unit, value: place },
            ...(props.way === "gateway" ? [{ name: parts.way.label, value: parts.way.gateway }] : []),
            {
              name: words.register,
              value: `${printAddress(tag.address)} · ${words.onWire(tags.edit.areas[area], offset)}`,
            },
            { name: words.change, value: <strong>{`${now} → ${next}`}</strong> },
            { name: words.words, value: area === "coil" ? String(read.value[0]) : hex, mono: true },
          ]}
        />
        <p>{props.way === "gateway" ? words.throughSays : words.says}</p>
        <div className={styles.buttons}>
          <Button onClick={props.onClose}>{parts.cancel}</Button>
          <Button kind="primary" onClick={props.onConfirm}>
            {words.confirm(next)}
          </Button>
        </div>
      </div>
    </Modal>
  );
}
