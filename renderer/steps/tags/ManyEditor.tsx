import { useMemo, useState } from "react";
import { type Tag, tagTypes } from "#domain/tag/tag.ts";
import { Button } from "../../parts/Button.tsx";
import { Form, SelectField, TextField } from "../../parts/Fields.tsx";
import { Inspector } from "../../parts/Inspector.tsx";
import { useLanguage, useWords } from "../../words/language.ts";
import { number } from "../../words/numbers.ts";
import { type CellField, cellText, choicesOf } from "./sheet/cellText.ts";
import styles from "./TagEditor.module.css";

/** What several tags can be given at once: names and addresses are each tag's own. */
const fields = ["group", "type", "access", "scale", "bias", "precision", "unit", "description"] as const;
type ManyField = (typeof fields)[number];

/** Several selected tags: a field that is filled in goes to all of them. */
export function ManyEditor(props: {
  readonly tags: readonly Tag[];
  /** resolves when the change was taken */
  readonly onChange: (
    texts: readonly { readonly field: CellField; readonly text: string }[],
  ) => Promise<void>;
}) {
  const words = useWords().tags;
  const language = useLanguage();
  const [texts, setTexts] = useState<{ readonly [F in ManyField]?: string }>({});
  const [busy, setBusy] = useState(false);
  const common = useMemo(() => commonTexts(props.tags), [props.tags]);
  const given = fields.flatMap((field) => {
    const text = texts[field];
    return text === undefined || text === "" ? [] : [{ field, text }];
  });
  const count = number(language, props.tags.length);

  const field = (name: ManyField, label: string) => {
    const shown = common[name];
    const choices = choicesOf(name);
    const set = (text: string) => setTexts((before) => ({ ...before, [name]: text }));
    const before = shown === undefined ? words.many.differ : shown;
    if (choices === undefined || name === "group")
      return (
        <TextField label={label} value={texts[name] ?? ""} placeholder={before} onChange={set} key={name} />
      );
    const options = [
      { value: "", label: before },
      ...(name === "type" ? tagTypes : choices).map((choice) => ({
        value: choice as string,
        label: choice as string,
      })),
    ];
    return (
      <SelectField label={label} value={texts[name] ?? ""} options={options} onChange={set} key={name} />
    );
  };

  async function apply(): Promise<void> {
    setBusy(true);
    await props.onChange(given);
    setTexts({});
    setBusy(false);
  }

  return (
    <Inspector title={words.many.title(count)}>
      <p className="dim">{words.many.says}</p>
      <Form label={words.many.title(count)} onSubmit={() => given.length > 0 && void apply()}>
        {field("group", words.edit.group)}
        <div className={styles.pair}>
          {field("type", words.edit.type)}
          {field("unit", words.edit.unit)}
        </div>
        {field("access", words.edit.access)}
        <div className={styles.numbers}>
          {field("scale", words.edit.scale)}
          {field("bias", words.edit.bias)}
          {field("precision", words.edit.precision)}
        </div>
        <p className={styles.formula}>{words.edit.formula}</p>
        {field("description", words.edit.description)}
        <div className={styles.actions}>
          <Button type="submit" disabled={given.length === 0} busy={busy}>
            {words.many.apply(count)}
          </Button>
          {given.length > 0 && (
            <Button kind="quiet" onClick={() => setTexts({})}>
              {words.edit.discard}
            </Button>
          )}
        </div>
      </Form>
    </Inspector>
  );
}

/** What all of the tags have alike; undefined where they differ. */
function commonTexts(tags: readonly Tag[]): { readonly [F in ManyField]: string | undefined } {
  const [first, ...others] = tags;
  const common = (field: ManyField) => {
    const text = first && cellText(first, field);
    return others.every((tag) => cellText(tag, field) === text) ? text : undefined;
  };
  return Object.fromEntries(fields.map((field) => [field, common(field)])) as ReturnType<typeof commonTexts>;
}
