import { useEffect, useState } from "react";
import type { CallInput } from "#contract/contract.ts";
import type { SiteView } from "#contract/views.ts";
import { useAct } from "../../client/hooks.ts";
import { FieldRow, TextAreaField, TextField } from "../../parts/Fields.tsx";
import { Section } from "../../parts/Step.tsx";
import { useWords } from "../../words/language.ts";
import styles from "./DescribeSite.module.css";
import { deepestPath, printPath, readPath } from "./sitePath.ts";

type Draft = Record<"name" | "path" | "engineer" | "note", string>;

/** Name, place, engineer and note, changed where they stand and kept when a field is left. */
export function DescribeSite({ head }: { readonly head: SiteView["head"] }) {
  const words = useWords().site;
  const act = useAct();
  const [draft, setDraft] = useState<Draft>(draftOf(head));
  const known = JSON.stringify(draftOf(head));

  // Undo, redo and other windows change the site too; their text replaces what stands here.
  useEffect(() => setDraft(JSON.parse(known) as Draft), [known]);

  const set = (field: keyof Draft) => (value: string) =>
    setDraft((before) => ({ ...before, [field]: value }));
  const path = readPath(draft.path);
  const nameProblem = draft.name.trim() === "" ? words.nameNeeded : undefined;
  const pathProblem = path.length > deepestPath ? words.pathTooDeep : undefined;

  function keep(): void {
    if (JSON.stringify(draft) === known || nameProblem || pathProblem) return;
    const edit: CallInput<"site.edit">["edit"] = { kind: "describe", ...draft, path: [...path] };
    void act("site.edit", { edit });
  }

  return (
    <Section title={words.describe}>
      <div className={styles.fields}>
        <FieldRow>
          <TextField
            label={words.name}
            value={draft.name}
            onChange={set("name")}
            onDone={keep}
            longest={127}
            problem={nameProblem}
          />
          <TextField
            label={words.engineer}
            placeholder={words.engineerPlaceholder}
            value={draft.engineer}
            onChange={set("engineer")}
            onDone={keep}
            longest={127}
          />
        </FieldRow>
        <TextField
          label={words.path}
          hint={words.pathHint}
          placeholder={words.pathPlaceholder}
          value={draft.path}
          onChange={set("path")}
          onDone={keep}
          problem={pathProblem}
        />
        <TextAreaField
          label={words.note}
          placeholder={words.notePlaceholder}
          value={draft.note}
          onChange={set("note")}
          onDone={keep}
          longest={4000}
          rows={3}
        />
      </div>
    </Section>
  );
}

function draftOf(head: SiteView["head"]): Draft {
  return { name: head.name, path: printPath(head.path), engineer: head.engineer, note: head.note };
}
