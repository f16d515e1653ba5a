import { useState } from "react";
import { problemView } from "#contract/failure.ts";
import { sayFailure } from "#contract/words/say.ts";
import type { Line } from "#domain/site/site.ts";
import { type Tag, tagKey } from "#domain/tag/tag.ts";
import { wordsToWrite, writeRefusal } from "#domain/tag/writeValue.ts";
import { isActive, useAct, useItems } from "../../client/hooks.ts";
import { Button } from "../../parts/Button.tsx";
import { Form, TextField } from "../../parts/Fields.tsx";
import { InspectorPart } from "../../parts/Inspector.tsx";
import { useWay, WayChoice } from "../../parts/WayChoice.tsx";
import { useLanguage, useWords } from "../../words/language.ts";
import { WriteConfirm } from "./WriteConfirm.tsx";
import styles from "./WritePart.module.css";
import { WriteResult } from "./WriteResult.tsx";
import { writeOf } from "./writeJobs.ts";

/** A tag that can be written: its new value, and what came of the last write. Nothing for any other tag. */
export function WritePart({ tag, line }: { readonly tag: Tag; readonly line: Line | undefined }) {
  const words = useWords().tags.write;
  const language = useLanguage();
  const act = useAct();
  const jobs = useItems("jobs");
  const [text, setText] = useState("");
  const [asked, setAsked] = useState<string>();
  const way = useWay(line);
  if (writeRefusal(tag)) return null;

  const key = tagKey(tag);
  const job = writeOf(jobs, key);
  const isWriting = jobs.some((other) => other.detail.kind === "write" && isActive(other));
  const read = wordsToWrite(text, tag);
  const problem = read.ok || text === "" ? undefined : sayFailure(language, problemView(read.problem));

  function write(value: string): void {
    setAsked(undefined);
    setText("");
    void act(way.way === "gateway" ? "job.writeThrough" : "job.write", { tag: key, value });
  }

  return (
    <InspectorPart title={words.title}>
      <Form
        label={words.title}
        onSubmit={() => {
          if (read.ok && text !== "" && !isWriting) setAsked(text);
        }}
      >
        <WayChoice {...way} />
        <div className={styles.row}>
          <TextField
            label={tag.unit === "" ? words.value : `${words.value}, ${tag.unit}`}
            value={text}
            onChange={setText}
            problem={problem && `${problem.says} ${problem.try}`}
            hint={words.hints[hintOf(tag)]}
          />
          <Button type="submit" disabled={!read.ok || text === "" || isWriting}>
            {words.open}
          </Button>
        </div>
      </Form>
      {job && <WriteResult job={job} unit={tag.unit} isBusy={isWriting} onPutBack={setAsked} />}
      {asked !== undefined && (
        <WriteConfirm
          tag={tag}
          line={line}
          value={asked}
          way={way.way}
          onClose={() => setAsked(undefined)}
          onConfirm={() => write(asked)}
        />
      )}
    </InspectorPart>
  );
}

function hintOf({ type }: Tag): "bit" | "bytes" | "text" | "number" {
  if (type === "bit" || type === "bytes") return type;
  return type === "string" ? "text" : "number";
}
