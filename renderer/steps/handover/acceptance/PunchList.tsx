import { useState } from "react";
import type { AcceptanceView } from "#contract/acceptanceViews.ts";
import type { Defect } from "#domain/acceptance/acceptance.ts";
import { itemsOf } from "#domain/acceptance/checklist.ts";
import { Button, IconButton } from "../../../parts/Button.tsx";
import { Chip } from "../../../parts/Chip.tsx";
import { useLanguage, useWords } from "../../../words/language.ts";
import { number } from "../../../words/numbers.ts";
import styles from "./Acceptance.module.css";
import { DefectForm } from "./DefectForm.tsx";

/** More than this nobody reads on a screen; the report has them all. */
const shownDefects = 100;

/** What is left to do, with who and until when; closed ones on request. */
export function PunchList(props: {
  readonly state: AcceptanceView["state"];
  readonly by: string;
  readonly isClosed: boolean;
}) {
  const words = useWords().acceptance;
  const language = useLanguage();
  const { defects, checklists } = props.state;
  const [all, setAll] = useState(false);
  /** the number of the item that is edited; 0: a new one */
  const [editing, setEditing] = useState<number>();
  const open = defects.filter(({ closed }) => closed === null);
  const shown = (all ? defects : open).slice(0, shownDefects);
  const items = new Map(itemsOf(checklists as never).map(({ key, says }) => [key, says[language]]));
  const subject = ({ about, says }: Defect) => {
    if (about.kind === "item") return items.get(about.item) ?? "";
    if (about.kind === "tag") return about.tag.split("/").slice(1).join(" / ");
    return says;
  };
  const detail = ({ about, says }: Defect) => {
    if (about.kind === "other") return "";
    return says === "" && about.kind === "tag" ? words.verifyFound : says;
  };
  const edited = defects.find((one) => one.number === editing) as Defect | undefined;
  return (
    <section aria-label={words.punch}>
      <h3 className={styles.sectionHead}>
        {words.punch}
        <span>{words.openCount(number(language, open.length))}</span>
      </h3>
      {shown.length === 0 && <p className="dim">{words.punchEmpty}</p>}
      <ul className={styles.defects}>
        {(shown as readonly Defect[]).map((defect) => (
          <li key={defect.number} className={styles.defect}>
            <span className={styles.number}>{defect.number}</span>
            <div className={styles.says}>
              <p>{subject(defect)}</p>
              <p className={styles.told}>
                {[detail(defect), defect.owner || words.nobody, defect.due]
                  .filter((text) => text !== "")
                  .join(" · ")}
              </p>
            </div>
            <Chip state={defect.closed !== null ? "ok" : defect.severity === "major" ? "bad" : "warn"}>
              {defect.closed === null
                ? words[defect.severity]
                : defect.closed.byRetest
                  ? words.byRetest
                  : words.isClosed}
            </Chip>
            {!props.isClosed && defect.closed === null && (
              <IconButton
                icon="pencil"
                size="large"
                label={words.edit(String(defect.number))}
                onClick={() => setEditing(defect.number)}
              />
            )}
          </li>
        ))}
      </ul>
      <div className={styles.buttons}>
        {!props.isClosed && (
          <Button icon="plus" onClick={() => setEditing(0)}>
            {words.addDefect}
          </Button>
        )}
        {defects.length > open.length && (
          <Button kind="quiet" pressed={all} onClick={() => setAll(!all)}>
            {words.showClosed}
          </Button>
        )}
      </div>
      {editing !== undefined && (
        <DefectForm
          key={editing}
          defect={edited}
          says={edited === undefined ? "" : subject(edited)}
          by={props.by}
          onClose={() => setEditing(undefined)}
        />
      )}
    </section>
  );
}
