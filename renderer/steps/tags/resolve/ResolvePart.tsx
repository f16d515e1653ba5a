import { useState } from "react";
import type { HypothesisView } from "#contract/tagViews.ts";
import { readExpectation } from "#domain/tag/resolveExpectation.ts";
import { type Tag, tagKey } from "#domain/tag/tag.ts";
import { isActive, useAct, useItems } from "../../../client/hooks.ts";
import { Button } from "../../../parts/Button.tsx";
import { Failure } from "../../../parts/Failure.tsx";
import { Form, TextField } from "../../../parts/Fields.tsx";
import { showNotice } from "../../../parts/notices.tsx";
import { JobProgress } from "../../../parts/Progress.tsx";
import { useWords } from "../../../words/language.ts";
import { Hypotheses } from "./Hypotheses.tsx";
import styles from "./Resolve.module.css";
import { changeOf, resolveOf } from "./resolveModel.ts";

/** What the display shows → which type, order, offset and scale explain the words. For tags in registers only. */
export function ResolvePart({ tag }: { readonly tag: Tag }) {
  const words = useWords().tagWork.resolve;
  const act = useAct();
  const jobs = useItems("jobs");
  const [typed, setTyped] = useState({ text: "", asked: false });
  const [tolerance, setTolerance] = useState("");
  const [started, setStarted] = useState<string>();
  const { address, line } = tag;
  const { area, unit, offset } = address;
  if (area !== "holding" && area !== "input") return null;

  const job = resolveOf(jobs, tag, started);
  const isReading = isActive(job);
  const isAgain = job?.state === "done" && job.detail.verdict === "ambiguous";
  // The display shows something else by now: what was typed for the first read is no answer for the second.
  const expect = isAgain && typed.asked ? "" : typed.text;
  const [typedExpect, typedTolerance] = [withPoint(expect), withPoint(tolerance)];
  const toleranceOk = typedTolerance === "" || Number(typedTolerance) >= 0;
  const isReady = toleranceOk && (isAgain || readExpectation(typedExpect) !== undefined);

  async function ask(): Promise<void> {
    const place = isAgain ? job.detail : { line, unit, area: area as "holding" | "input", offset };
    const begun = await act("job.resolve", {
      line: place.line,
      unit: place.unit,
      area: place.area,
      offset: place.offset,
      expect: typedExpect,
      tolerance: typedTolerance === "" ? null : Number(typedTolerance),
      after: isAgain ? job.key : null,
    });
    if (!begun) return;
    setStarted(begun.jobId);
    setTyped({ text: expect, asked: true });
  }

  async function take(found: HypothesisView): Promise<void> {
    const shown = job?.detail.samples.at(-1)?.expect ?? expect;
    const changes = [{ keys: [tagKey(tag)], to: changeOf(found, tag, shown) }];
    const edit = { kind: "changeTags" as const, changes };
    if ((await act("site.edit", { edit })) !== undefined) showNotice(words.taken);
  }

  return (
    <details className={styles.part} open={job !== undefined || undefined}>
      <summary>{words.title}</summary>
      <Form label={words.title} onSubmit={() => isReady && !isReading && void ask()}>
        <div className={styles.asked}>
          <TextField
            label={tag.unit === "" ? words.shows : `${words.shows}, ${tag.unit}`}
            value={expect}
            longest={127}
            placeholder="229.0"
            onChange={(text) => setTyped({ text, asked: false })}
          />
          <TextField
            label={words.toleranceLabel}
            value={tolerance}
            longest={20}
            placeholder={`± ${words.usual}`}
            onChange={setTolerance}
            problem={toleranceOk ? undefined : " "}
          />
        </div>
        <span>
          <Button type="submit" disabled={!isReady || isReading}>
            {isAgain ? words.again : words.find}
          </Button>
        </span>
      </Form>
      <div role="status" className={styles.answer}>
        <JobProgress job={job} label={words.asking} />
        {job?.failure && !isReading && <Failure failure={job.failure} plain />}
        {job?.state === "cancelled" && <p className="dim">{words.cancelled}</p>}
        {job?.state === "done" && job.detail.verdict !== null && (
          <Hypotheses detail={job.detail} tag={tag} onTake={(found) => void take(found)} />
        )}
      </div>
    </details>
  );
}

/** A display in much of the world shows 229,0. */
function withPoint(typed: string): string {
  return typed.trim().replace(/^(-?\d+),(\d+)$/, "$1.$2");
}
