import { useState } from "react";
import { problemView } from "#contract/failure.ts";
import type { FailureView, TagView } from "#contract/views.ts";
import { sayFailure } from "#contract/words/say.ts";
import type { Line } from "#domain/site/site.ts";
import { parseAddress } from "#domain/tag/parseAddress.ts";
import { accesses, type Tag, tagKey, tagTypes } from "#domain/tag/tag.ts";
import { useWorkbench } from "../../client/hooks.ts";
import { failuresIn } from "../../client/workbench.ts";
import { Button } from "../../parts/Button.tsx";
import { Form, SelectField, TextField } from "../../parts/Fields.tsx";
import { showFailures } from "../../parts/notices.tsx";
import { useLanguage, useWords } from "../../words/language.ts";
import { AccessChoice } from "./AccessChoice.tsx";
import styles from "./TagEditor.module.css";
import { type DraftReading, readDraft, sameDraft, type TagDraft, type TagField } from "./tagDraft.ts";

/** A tag's fields, problems under each; a new tag when `replaces` is undefined. */
export function TagEditor(props: {
  readonly start: TagDraft;
  readonly replaces: string | undefined;
  readonly lines: readonly Line[];
  readonly tags: readonly TagView[];
  readonly onSaved: (key: string) => void;
  readonly onDiscard: () => void;
  readonly onRemove?: () => void;
}) {
  const words = useWords().tags.edit;
  const language = useLanguage();
  const workbench = useWorkbench();
  const [draft, setDraft] = useState(props.start);
  const [refused, setRefused] = useState<Partial<Record<string, FailureView>>>({});
  const [busy, setBusy] = useState(false);
  const [tried, setTried] = useState(false);
  const isNew = props.replaces === undefined;
  const read = readDraft(draft, (key) => key !== props.replaces && props.tags.some((row) => row.key === key));
  const dirty = isNew || !sameDraft(draft, props.start);

  function set<F extends TagField>(field: F) {
    return (value: TagDraft[F]) => {
      setDraft((before) => ({ ...before, [field]: value }));
      setRefused({});
    };
  }

  function problem(field: TagField): string | undefined {
    const failure = failureOf(field, read, refused);
    // An empty new form is no mistake yet.
    if (failure === undefined || (!tried && String(draft[field]) === String(props.start[field])))
      return undefined;
    return sayFailure(language, failure).says;
  }

  async function save(): Promise<void> {
    setTried(true);
    if (read.tag === undefined) return;
    setBusy(true);
    try {
      await workbench.call("site.edit", { edit: editOf(props.replaces, read.tag) });
      props.onSaved(tagKey(read.tag));
    } catch (error) {
      const failures = failuresIn(error);
      const placed = failures.filter((failure) => failure.at?.field !== undefined);
      setRefused(Object.fromEntries(placed.map((failure) => [failure.at?.field, failure])));
      showFailures(failures.filter((failure) => failure.at?.field === undefined));
    } finally {
      setBusy(false);
    }
  }

  const address = parseAddress(draft.address, draft.type);
  return (
    <Form label={isNew ? words.newTitle : words.identity} onSubmit={() => void save()}>
      <TextField
        label={words.name}
        value={draft.name}
        onChange={set("name")}
        problem={problem("name")}
        autoFocus={isNew}
      />
      <div className={styles.pair}>
        <TextField
          label={words.group}
          value={draft.group}
          onChange={set("group")}
          problem={problem("group")}
        />
        {props.lines.length > 1 && (
          <SelectField
            label={words.line}
            value={draft.line}
            options={props.lines.map((line) => ({ value: line.id, label: line.name }))}
            onChange={set("line")}
          />
        )}
      </div>
      <TextField
        label={words.address}
        value={draft.address}
        onChange={set("address")}
        problem={problem("address")}
        hint={
          address.ok
            ? words.onWire(words.areas[address.value.area], address.value.offset, address.value.unit)
            : words.addressHint
        }
        mono
      />
      <div className={styles.pair}>
        <SelectField
          label={words.type}
          value={draft.type}
          options={tagTypes.map((type) => ({ value: type, label: type }))}
          onChange={set("type")}
          problem={problem("type")}
        />
        <TextField label={words.unit} value={draft.unit} onChange={set("unit")} problem={problem("unit")} />
      </div>
      <AccessChoice
        label={words.access}
        options={accesses.map((access) => ({ value: access, label: words.accesses[access] }))}
        chosen={draft.access}
        onChange={set("access")}
        problem={problem("access")}
      />
      <div className={styles.numbers}>
        <TextField
          label={words.scale}
          value={draft.scale}
          onChange={set("scale")}
          problem={problem("scale")}
        />
        <TextField label={words.bias} value={draft.bias} onChange={set("bias")} problem={problem("bias")} />
        <TextField
          label={words.precision}
          value={draft.precision}
          onChange={set("precision")}
          problem={problem("precision")}
        />
      </div>
      <p className={styles.formula}>{words.formula}</p>
      <TextField
        label={words.description}
        value={draft.description}
        onChange={set("description")}
        problem={problem("description")}
      />
      <div className={styles.actions}>
        <Button type="submit" disabled={!dirty} busy={busy}>
          {isNew ? words.add : words.save}
        </Button>
        {dirty && (
          <Button
            kind="quiet"
            onClick={() => {
              setDraft(props.start);
              setTried(false);
              props.onDiscard();
            }}
          >
            {words.discard}
          </Button>
        )}
        {!dirty && props.onRemove && (
          <Button kind="danger" icon="trash" onClick={props.onRemove}>
            {words.remove}
          </Button>
        )}
      </div>
    </Form>
  );
}

function failureOf(
  field: TagField,
  read: DraftReading,
  refused: Partial<Record<string, FailureView>>,
): FailureView | undefined {
  const problem = read.problems?.[field];
  return problem === undefined ? refused[field] : problemView(problem);
}

function editOf(replaces: string | undefined, tag: Tag) {
  return replaces === undefined
    ? { kind: "putTags" as const, tags: [tag], groups: [] }
    : { kind: "changeTags" as const, changes: [{ keys: [replaces], to: tag }] };
}
