import { useState } from "react";
import { shortestIntervalMs } from "#domain/site/edit.ts";
import { useAct } from "../../client/hooks.ts";
import { Button } from "../../parts/Button.tsx";
import { Form, TextField } from "../../parts/Fields.tsx";
import { Facts } from "../../parts/Inspector.tsx";
import { useLanguage, useWords } from "../../words/language.ts";
import { number } from "../../words/numbers.ts";
import type { GroupRow } from "./tagRows.ts";

const longestIntervalMs = 86_400_000;

/** One group: its line, how many tags, and how often it is read. */
export function GroupEditor({ group }: { readonly group: GroupRow }) {
  const words = useWords().tags.groupEdit;
  const language = useLanguage();
  const act = useAct();
  const [text, setText] = useState(String(group.intervalMs));
  const intervalMs = Number(text.trim());
  const valid =
    /^\d+$/.test(text.trim()) && intervalMs >= shortestIntervalMs && intervalMs <= longestIntervalMs;
  const dirty = text.trim() !== String(group.intervalMs);

  async function save(): Promise<void> {
    if (!valid || !dirty) return;
    await act("site.edit", {
      edit: { kind: "setInterval", line: group.line, group: group.name, intervalMs },
    });
  }

  return (
    <>
      <Form label={words.open(group.name)} onSubmit={() => void save()}>
        <TextField
          label={`${words.interval} (${words.ms})`}
          value={text}
          onChange={setText}
          hint={words.intervalHint}
          problem={valid ? undefined : words.intervalInvalid}
        />
        <span>
          <Button type="submit" disabled={!dirty || !valid}>
            {words.save}
          </Button>
        </span>
      </Form>
      <Facts
        facts={[
          { name: words.line, value: group.lineName },
          { name: words.tags, value: number(language, group.tags) },
        ]}
      />
    </>
  );
}
