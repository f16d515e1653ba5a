import { type KeyboardEvent, useState } from "react";
import type { FoundHost } from "#contract/lineViews.ts";
import type { FailureView } from "#contract/views.ts";
import { isActive, useAnswer, useNewestJob, useWorkbench } from "../../client/hooks.ts";
import { failuresIn } from "../../client/workbench.ts";
import { Button } from "../../parts/Button.tsx";
import { StateIcon } from "../../parts/Chip.tsx";
import { Failures } from "../../parts/Failure.tsx";
import { JobProgress } from "../../parts/Progress.tsx";
import { RangeField } from "../../parts/RangeField.tsx";
import { useWords } from "../../words/language.ts";
import styles from "./NetworkSearch.module.css";

/** Gentle to small devices, and a /24 is done in five seconds. */
const perSecond = 50;

/** Finds devices that speak Modbus TCP in a range that the person names; this machine's networks are proposed. */
export function NetworkSearch(props: { readonly port: number; readonly onUse: (host: FoundHost) => void }) {
  const { network: words } = useWords().line;
  const workbench = useWorkbench();
  const { answer: networks } = useAnswer("networks.list", {});
  const job = useNewestJob("network");
  const [typed, setTyped] = useState<string | undefined>(undefined);
  const [failures, setFailures] = useState<readonly FailureView[]>([]);
  const range = typed ?? networks?.[0]?.range ?? "";

  async function search(): Promise<void> {
    setFailures([]);
    try {
      await workbench.call("job.network", { range, port: props.port, perSecond });
    } catch (error) {
      setFailures(failuresIn(error));
    }
  }

  /** Enter searches; it must not save the line that the search is for. */
  function onKeyDown(event: KeyboardEvent): void {
    if (event.key !== "Enter" || !(event.target instanceof HTMLInputElement)) return;
    event.preventDefault();
    if (!isActive(job)) void search();
  }

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: only keeps Enter in the field from saving the form
    <div className={styles.search} onKeyDown={onKeyDown}>
      <RangeField label={words.range} value={range} onChange={setTyped} networks={networks}>
        <Button icon="search" disabled={range.trim() === "" || isActive(job)} onClick={() => void search()}>
          {words.start}
        </Button>
      </RangeField>
      <Failures failures={failures} />
      <JobProgress job={job} label={words.progress} />
      {job && job.detail.found.length > 0 && (
        <ul className={styles.found} aria-label={words.found}>
          {job.detail.found.map((host) => (
            <li key={host.host}>
              <StateIcon state={host.speaksModbus ? "ok" : "idle"} />
              <b className="mono">{`${host.host}:${host.port}`}</b>
              <span className={styles.says}>
                {host.speaksModbus ? host.identity || words.speaks : words.silent}
              </span>
              <Button size="small" label={words.use(host.host)} onClick={() => props.onUse(host)}>
                {words.useShort}
              </Button>
            </li>
          ))}
        </ul>
      )}
      {job?.state === "done" && job.detail.found.length === 0 && (
        <p className="dim">{words.none(job.detail.range, job.detail.hosts)}</p>
      )}
    </div>
  );
}
