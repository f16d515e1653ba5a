import { useState } from "react";
import { type Tag, tagKey } from "#domain/tag/tag.ts";
import { writeRefusal } from "#domain/tag/writeValue.ts";
import { isActive, useAct, useItems, useNewestJob } from "../../../client/hooks.ts";
import { Button } from "../../../parts/Button.tsx";
import { Failure } from "../../../parts/Failure.tsx";
import { CheckField, Form, TextField } from "../../../parts/Fields.tsx";
import { JobProgress } from "../../../parts/Progress.tsx";
import { Stages } from "../../../parts/Stages.tsx";
import { Section } from "../../../parts/Step.tsx";
import { useWords } from "../../../words/language.ts";
import styles from "./DownlinkPart.module.css";

/** Asks the gateway for one tag through the broker, and has it written that way; what came of it, stage by stage. */
export function DownlinkPart() {
  const words = useWords().uplink.downlink;
  const act = useAct();
  const tags = useItems("tags");
  const job = useNewestJob("downlink");
  const [named, setNamed] = useState("");
  const [text, setText] = useState("");
  const [isSure, setSure] = useState(false);
  const [first] = tags;
  if (!first) return null;

  // A site may have more tags than a list can show.
  const tag =
    named === "" ? first.tag : tags.find((one) => nameOf(one.tag) === named || one.tag.name === named)?.tag;
  const running = isActive(job);
  const isWritable = tag !== undefined && writeRefusal(tag) === undefined;
  const isWriting = isWritable && text !== "";
  const isToldAtStage = job?.detail.stages.some((stage) => stage.failure !== null) ?? false;

  function ask(): void {
    if (running || !tag || (isWriting && !isSure)) return;
    setSure(false);
    void act("job.downlink", { tag: tagKey(tag), value: isWriting ? text : null });
  }

  return (
    <Section title={words.title} says={words.says}>
      <Form label={words.title} onSubmit={ask}>
        <div className={styles.row}>
          <TextField
            label={words.tag}
            value={named}
            onChange={setNamed}
            placeholder={nameOf(first.tag)}
            problem={tag ? undefined : words.unknownTag}
          />
          {isWritable && (
            <TextField label={words.value} value={text} onChange={setText} hint={words.valueHint} />
          )}
          <Button type="submit" disabled={running || !tag || (isWriting && !isSure)}>
            {isWriting ? words.write : words.read}
          </Button>
        </div>
        {isWriting && (
          <CheckField label={words.sure(tag?.name ?? "", text)} value={isSure} onChange={setSure} />
        )}
      </Form>
      {job && (
        <div className={styles.result} role="status">
          <JobProgress job={job} label={words.title} />
          <Stages label={words.stages} stages={job.detail.stages} />
          {job.failure && !isToldAtStage && <Failure failure={job.failure} plain />}
        </div>
      )}
    </Section>
  );
}

function nameOf(tag: Tag): string {
  return `${tag.group}/${tag.name}`;
}
