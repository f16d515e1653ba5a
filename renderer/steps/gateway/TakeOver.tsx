import { useState } from "react";
import type { CallOutput } from "#contract/contract.ts";
import type { GatewayView } from "#contract/views.ts";
import { sayPhrase } from "#contract/words/say.ts";
import { useAct, useAnswer, useItems } from "../../client/hooks.ts";
import { goTo } from "../../frame/place.ts";
import { Button } from "../../parts/Button.tsx";
import { StateIcon } from "../../parts/Chip.tsx";
import { type Column, DataTable } from "../../parts/DataTable.tsx";
import { Failures } from "../../parts/Failure.tsx";
import { Section } from "../../parts/Step.tsx";
import { useLanguage, useWords } from "../../words/language.ts";
import { number } from "../../words/numbers.ts";
import styles from "./GatewayStep.module.css";

type Taken = CallOutput<"gateway.take">;
type LineRow = Taken["lines"][number];

/** Notes that are read; the command line gives more. */
const shownNotes = 12;

/** Where a gateway runs something and the site has no tags yet: what would come from there, then that it came. */
export function TakeOver({ gateway }: { readonly gateway: GatewayView }) {
  const { gateway: words, frame } = useWords();
  const language = useLanguage();
  const act = useAct();
  const tags = useItems("tags");
  const [wanted, setWanted] = useState(false);
  const [taken, setTaken] = useState<Taken>();
  const [busy, setBusy] = useState(false);
  const { answer, failures, asking } = useAnswer("gateway.take", wanted ? { take: false } : undefined);

  async function take(): Promise<void> {
    setBusy(true);
    const made = await act("gateway.take", { take: true });
    setBusy(false);
    if (!made) return;
    setTaken(made);
    setWanted(false);
  }

  async function undo(): Promise<void> {
    await act("site.undo", {});
    setTaken(undefined);
  }

  if (taken && tags.length > 0) {
    return (
      <Section title={words.take} says={words.takeDoneSays}>
        <p className={styles.done} role="status">
          <StateIcon state="ok" />
          {words.takeDone(number(language, taken.lines.length), number(language, taken.tags))}
        </p>
        <div className={styles.buttons}>
          <Button icon="undo" onClick={() => void undo()}>
            {words.takeUndo}
          </Button>
          <Button kind="primary" onClick={() => goTo("tags")}>
            {frame.goTo(frame.steps.tags)}
          </Button>
        </div>
        <Notes taken={taken} />
      </Section>
    );
  }
  if (!canTakeOver(gateway, tags.length)) return null;
  return (
    <Section
      title={words.take}
      says={words.takeSays}
      actions={
        !answer && (
          <Button icon="download" busy={asking} onClick={() => setWanted(true)}>
            {words.takeShow}
          </Button>
        )
      }
    >
      <Failures failures={failures} />
      {answer && (
        <>
          <Lines taken={answer} />
          <Notes taken={answer} />
          <div className={styles.buttons}>
            <Button kind="primary" icon="download" busy={busy} onClick={() => void take()}>
              {words.takeConfirm(number(language, answer.tags))}
            </Button>
          </div>
        </>
      )}
    </Section>
  );
}

/** Something runs there that the site does not have yet. */
export function canTakeOver(gateway: GatewayView, tags: number): boolean {
  return tags === 0 && gateway.nodes.some((node) => node.tags > 0);
}

function Lines({ taken }: { readonly taken: Taken }) {
  const words = useWords().gateway;
  const language = useLanguage();
  const columns: readonly Column<LineRow>[] = [
    {
      key: "name",
      title: words.takeColumns.line,
      width: "minmax(96px, 1fr)",
      cell: (row) => <b>{row.name}</b>,
    },
    {
      key: "kind",
      title: words.takeColumns.kind,
      width: "112px",
      dim: true,
      cell: (row) => words.takeKinds[row.kind],
    },
    {
      key: "groups",
      title: words.columns.groups,
      width: "80px",
      align: "right",
      cell: (row) => number(language, row.groups),
    },
    {
      key: "tags",
      title: words.columns.tags,
      width: "80px",
      align: "right",
      cell: (row) => number(language, row.tags),
    },
  ];
  return (
    <>
      <DataTable label={words.takeShow} rows={taken.lines} columns={columns} rowKey={(row) => row.name} />
      {taken.uplink && (
        <p className={styles.kept}>
          {words.takeUplink(`${taken.uplink.host}:${taken.uplink.port}`, taken.uplink.topic)}
        </p>
      )}
    </>
  );
}

/** What a site cannot say: nothing goes silently. */
function Notes({ taken }: { readonly taken: Taken }) {
  const words = useWords().gateway;
  const language = useLanguage();
  if (taken.notesTotal === 0) return null;
  const left = taken.notesTotal - Math.min(shownNotes, taken.notes.length);
  return (
    <ul className={styles.notes} aria-label={words.takeNotes}>
      {taken.notes.slice(0, shownNotes).map((note) => {
        const text = sayPhrase(language, note);
        return (
          <li key={text}>
            <StateIcon state={note.code === "take.secretLeft" ? "warn" : "idle"} />
            <span>{text}</span>
          </li>
        );
      })}
      {left > 0 && <li className="dim">{words.diffMore(number(language, left))}</li>}
    </ul>
  );
}
