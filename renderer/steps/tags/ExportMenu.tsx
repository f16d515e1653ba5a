import { Popover } from "@mantine/core";
import { useState } from "react";
import type { CallOutput } from "#contract/contract.ts";
import { type ExportFormat, exportFormats } from "#domain/tables/formats.ts";
import { useAct, useWorkbench } from "../../client/hooks.ts";
import { saveDownload } from "../../client/saveFile.ts";
import { failuresIn } from "../../client/workbench.ts";
import { Button, IconButton } from "../../parts/Button.tsx";
import { StateIcon } from "../../parts/Chip.tsx";
import { showFailures, showNotice } from "../../parts/notices.tsx";
import { useLanguage, useWords, type Words } from "../../words/language.ts";
import { number } from "../../words/numbers.ts";
import styles from "./ExportMenu.module.css";

interface Made {
  readonly format: ExportFormat;
  readonly file: CallOutput<"tags.export">;
}

/** Formats to export the tags in; one that cannot carry everything says so before the file is saved. */
export function ExportMenu() {
  const words = useWords().tagWork.export;
  const act = useAct();
  const workbench = useWorkbench();
  const [opened, setOpened] = useState(false);
  const [making, setMaking] = useState<ExportFormat>();
  const [made, setMade] = useState<Made>();

  function open(next: boolean): void {
    setOpened(next);
    setMade(undefined);
  }

  async function save({ file }: Made): Promise<void> {
    open(false);
    await saveDownload(workbench, file.download, file.name).then(
      () => showNotice(words.saved(file.name)),
      (error: unknown) => showFailures(failuresIn(error)),
    );
  }

  async function make(format: ExportFormat): Promise<void> {
    setMaking(format);
    const file = await act("tags.export", { format });
    setMaking(undefined);
    if (!file) return;
    if (file.losses.length === 0 && file.leftOut.length === 0) await save({ format, file });
    else setMade({ format, file });
  }

  return (
    <Popover width={336} position="bottom-end" trapFocus withRoles={false} opened={opened} onChange={open}>
      <Popover.Target>
        <span>
          <IconButton icon="download" label={words.open} pressed={opened} onClick={() => open(!opened)} />
        </span>
      </Popover.Target>
      <Popover.Dropdown role="dialog" aria-label={words.title}>
        <h2 className={styles.title}>{words.title}</h2>
        {made ? (
          <Losses made={made} onSave={() => void save(made)} onBack={() => setMade(undefined)} />
        ) : (
          <ul>
            {exportFormats.map((format) => (
              <li key={format}>
                <button
                  type="button"
                  className={styles.format}
                  disabled={making !== undefined}
                  aria-busy={making === format}
                  onClick={() => void make(format)}
                >
                  <strong>{words.formats[format]}</strong>
                  <span>{words.says[format]}</span>
                </button>
              </li>
            ))}
          </ul>
        )}
      </Popover.Dropdown>
    </Popover>
  );
}

function Losses(props: { readonly made: Made; readonly onSave: () => void; readonly onBack: () => void }) {
  const { format, file } = props.made;
  const all = useWords();
  const words = all.tagWork.export;
  const language = useLanguage();
  return (
    <div className={styles.losses} role="status">
      <p>
        <StateIcon state="warn" /> {words.cannot(words.formats[format])}
      </p>
      <ul>
        {file.losses.map(({ field, tags }) => (
          <li key={field}>{words.loses(fieldName(field, all), number(language, tags))}</li>
        ))}
        {file.leftOut.length > 0 && (
          <li title={file.leftOut.slice(0, 20).join("\n")}>
            {words.leftOut(number(language, file.leftOut.length))}
          </li>
        )}
      </ul>
      <div className={styles.buttons}>
        <Button size="small" onClick={props.onBack}>
          {words.other}
        </Button>
        <Button size="small" kind="primary" disabled={file.tags === 0} onClick={props.onSave}>
          {words.save(number(language, file.tags))}
        </Button>
      </div>
    </div>
  );
}

/** The field as the import names its columns. */
function fieldName(field: string, words: Words): string {
  const names: Readonly<Record<string, string>> = words.tags.import.mapping.columns;
  return names[field] ?? field;
}
