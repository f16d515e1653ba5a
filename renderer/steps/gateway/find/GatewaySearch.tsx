import { useState } from "react";
import type { FoundGatewayView } from "#contract/lineViews.ts";
import type { FailureView } from "#contract/views.ts";
import { isActive, useAnswer, useNewestJob, useWorkbench } from "../../../client/hooks.ts";
import { failuresIn } from "../../../client/workbench.ts";
import { Button } from "../../../parts/Button.tsx";
import { Failures } from "../../../parts/Failure.tsx";
import { Form } from "../../../parts/Fields.tsx";
import { JobProgress } from "../../../parts/Progress.tsx";
import { RangeField } from "../../../parts/RangeField.tsx";
import { Section } from "../../../parts/Step.tsx";
import { useWords } from "../../../words/language.ts";
import { FoundGateways } from "./FoundGateways.tsx";
import styles from "./GatewaySearch.module.css";

/** Four ports of a host each: a /24 is done in ten seconds and a small router keeps up. */
const perSecond = 25;

/** Finds gateways in a range that the person names; this computer's networks are proposed. */
export function GatewaySearch(props: { readonly onUse: (found: FoundGatewayView) => void }) {
  const words = useWords().gatewayFind;
  const workbench = useWorkbench();
  const { answer: networks } = useAnswer("networks.list", {});
  const job = useNewestJob("gateways");
  const [typed, setTyped] = useState<string | undefined>(undefined);
  const [failures, setFailures] = useState<readonly FailureView[]>([]);
  const range = typed ?? networks?.[0]?.range ?? "";
  const found = job?.detail.found ?? [];

  async function search(): Promise<void> {
    setFailures([]);
    try {
      await workbench.call("job.gateways", { range: range.trim(), perSecond });
    } catch (error) {
      setFailures(failuresIn(error));
    }
  }

  return (
    <Section title={words.title}>
      <div className={styles.search}>
        <p className="dim">{words.says}</p>
        <Form label={words.title} onSubmit={() => range.trim() !== "" && !isActive(job) && void search()}>
          <RangeField label={words.range} value={range} onChange={setTyped} networks={networks}>
            <Button type="submit" icon="search" disabled={range.trim() === "" || isActive(job)}>
              {words.start}
            </Button>
          </RangeField>
        </Form>
        {networks?.length === 0 && <p className="dim">{words.noNetwork}</p>}
        <Failures failures={failures} />
        <JobProgress job={job} label={words.progress} />
        {job?.state === "failed" && job.failure && <Failures failures={[job.failure]} />}
        {!job && <p className="dim">{words.idle}</p>}
        {found.length > 0 && <FoundGateways found={found} onUse={props.onUse} />}
        {job?.state === "done" && found.length === 0 && (
          <div className={styles.none} role="status">
            <p>{words.none(String(job.detail.asked), job.detail.range)}</p>
            <ul>
              {words.noneTries.map((one) => (
                <li key={one}>{one}</li>
              ))}
            </ul>
          </div>
        )}
      </div>
    </Section>
  );
}
