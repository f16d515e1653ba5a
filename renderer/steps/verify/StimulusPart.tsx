import { Modal } from "@mantine/core";
import { useState } from "react";
import { problemView } from "#contract/failure.ts";
import type { JobView } from "#contract/views.ts";
import { sayFailure } from "#contract/words/say.ts";
import { type Tag, tagKey } from "#domain/tag/tag.ts";
import { textOfWords, wordsToWrite, writeRefusal } from "#domain/tag/writeValue.ts";
import { isActive, type JobOf, newestJob, useAct, useItems } from "../../client/hooks.ts";
import { Button } from "../../parts/Button.tsx";
import { StateIcon } from "../../parts/Chip.tsx";
import { Failure } from "../../parts/Failure.tsx";
import { Form, TextField } from "../../parts/Fields.tsx";
import { Facts, InspectorPart } from "../../parts/Inspector.tsx";
import { JobProgress } from "../../parts/Progress.tsx";
import { Stages } from "../../parts/Stages.tsx";
import { useLanguage, useWords } from "../../words/language.ts";
import styles from "./StimulusPart.module.css";

/** A value that stands still is proved by a change: written and put back, or made by hand at the device. */
export function StimulusPart({ tag, busy }: { readonly tag: Tag; readonly busy: boolean }) {
  const words = useWords().verify.stimulus;
  const language = useLanguage();
  const act = useAct();
  const jobs = useItems("jobs");
  const [text, setText] = useState("");
  const [isAsking, setAsking] = useState(false);
  const key = tagKey(tag);
  const job = stimulusOf(jobs, key);
  const isBusy = busy || jobs.some((one) => one.detail.kind === "stimulus" && isActive(one));
  const isWritable = writeRefusal(tag) === undefined;
  const read = wordsToWrite(text, tag);
  const problem = read.ok || text === "" ? undefined : sayFailure(language, problemView(read.problem));

  function begin(way: "write" | "device", value: string | null): void {
    setAsking(false);
    void act("job.stimulus", { tag: key, way, value });
  }

  return (
    <InspectorPart title={words.title}>
      <p className="dim">{words.says}</p>
      {isWritable && (
        <Form
          label={words.title}
          onSubmit={() => {
            if (read.ok && text !== "" && !isBusy) setAsking(true);
          }}
        >
          <div className={styles.row}>
            <TextField
              label={tag.unit === "" ? words.value : `${words.value}, ${tag.unit}`}
              value={text}
              onChange={setText}
              problem={problem && `${problem.says} ${problem.try}`}
            />
            <Button type="submit" disabled={!read.ok || text === "" || isBusy}>
              {words.write}
            </Button>
          </div>
        </Form>
      )}
      <div className={styles.device}>
        <Button disabled={isBusy} onClick={() => begin("device", null)}>
          {words.atDevice}
        </Button>
      </div>
      {job && <StimulusResult job={job} />}
      {isAsking && read.ok && (
        <StimulusConfirm
          tag={tag}
          value={textOfWords(read.value, tag)}
          onClose={() => setAsking(false)}
          onConfirm={() => begin("write", text)}
        />
      )}
    </InspectorPart>
  );
}

function StimulusResult({ job }: { readonly job: JobOf<"stimulus"> }) {
  const words = useWords().verify.stimulus;
  const { stages, before, restored } = job.detail;
  const isTold = stages.some((stage) => stage.failure !== null);
  return (
    <div className={styles.result} role="status">
      <JobProgress job={job} label={words.title} />
      {stages.length > 0 && <Stages label={words.stages} stages={stages} />}
      {job.failure && !isTold && <Failure failure={job.failure} plain />}
      {!isActive(job) && restored === false && (
        <p className={styles.left}>
          <StateIcon state="warn" />
          {words.left(before ?? "")}
        </p>
      )}
    </div>
  );
}

function StimulusConfirm(props: {
  readonly tag: Tag;
  readonly value: string;
  readonly onClose: () => void;
  readonly onConfirm: () => void;
}) {
  const { verify, parts } = useWords();
  const words = verify.stimulus;
  const { unit, offset } = props.tag.address;
  const named = `${props.value} ${props.tag.unit}`.trim();
  return (
    <Modal
      opened
      onClose={props.onClose}
      title={words.confirmTitle(props.tag.name)}
      closeButtonProps={{ "aria-label": parts.close }}
      centered
    >
      <div className={styles.confirm}>
        <Facts
          facts={[
            { name: verify.onWire, value: `${unit} · ${offset}`, mono: true },
            { name: words.value, value: <strong>{named}</strong> },
          ]}
        />
        <p>{words.confirmSays}</p>
        <div className={styles.buttons}>
          <Button onClick={props.onClose}>{parts.cancel}</Button>
          <Button kind="primary" onClick={props.onConfirm}>
            {words.confirm(named)}
          </Button>
        </div>
      </div>
    </Modal>
  );
}

function stimulusOf(jobs: readonly JobView[], tag: string): JobOf<"stimulus"> | undefined {
  return newestJob(
    jobs.filter((job) => job.detail.kind === "stimulus" && job.detail.tag === tag),
    "stimulus",
  );
}
