import { useState } from "react";
import type { Line } from "#domain/site/site.ts";
import { useItem } from "../../client/hooks.ts";
import { goTo } from "../../frame/place.ts";
import { Button } from "../../parts/Button.tsx";
import { EmptyState } from "../../parts/EmptyState.tsx";
import { Step, StepHead } from "../../parts/Step.tsx";
import { useWords } from "../../words/language.ts";
import { LineForm } from "./LineForm.tsx";
import { LineWork } from "./LineWork.tsx";

/** The lines of the site: who is on the wire. */
export function LineStep() {
  const { line: words, frame } = useWords();
  const site = useItem("site", "site");
  const [chosen, setChosen] = useState<string | undefined>(undefined);
  const [form, setForm] = useState<{ readonly line: Line | undefined } | undefined>(undefined);
  const lines = site?.head.lines ?? [];
  const line = lines.find((candidate) => candidate.id === chosen) ?? lines[0];
  return (
    <>
      {line ? (
        <LineWork
          key={line.id}
          line={line}
          lines={lines}
          onChoose={setChosen}
          onAdd={() => setForm({ line: undefined })}
          onEdit={() => setForm({ line })}
        />
      ) : (
        <Step head={<StepHead title={words.title} says={words.says} />}>
          <EmptyState icon="serial" says={words.empty}>
            {site ? (
              <Button kind="primary" icon="plus" onClick={() => setForm({ line: undefined })}>
                {words.add}
              </Button>
            ) : (
              <Button kind="primary" onClick={() => goTo("site")}>
                {frame.goTo(frame.steps.site)}
              </Button>
            )}
          </EmptyState>
        </Step>
      )}
      {form && (
        <LineForm
          line={form.line}
          lines={lines}
          onDone={(id) => {
            setForm(undefined);
            if (id !== undefined) setChosen(id);
          }}
        />
      )}
    </>
  );
}
