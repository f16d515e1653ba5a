import { useState } from "react";
import type { AdviceDetail } from "#contract/adviceViews.ts";
import { Button } from "../../../parts/Button.tsx";
import { StateIcon } from "../../../parts/Chip.tsx";
import { useLanguage, useWords } from "../../../words/language.ts";
import { bytes, number } from "../../../words/numbers.ts";
import styles from "./Advice.module.css";

type Found = NonNullable<AdviceDetail["advice"]>;

/** The advice: keep-alive and why, a day's cost by plan, and the bridge's settings to copy. */
export function AdviceFound({ advice }: { readonly advice: Found }) {
  const words = useWords().advice;
  const { survivesSeconds, failsSeconds, keepAliveSeconds, gatherSeconds } = advice;
  const bad = advice.proved === false;
  return (
    <>
      <p className={styles.outcome} role="status">
        <StateIcon state={bad ? "bad" : "ok"} size={18} />
        <strong className={bad ? "bad" : "ok"}>{words.found(keepAliveSeconds)}</strong>
        {advice.proved !== null && <span className="dim">{bad ? words.notProved : words.proved}</span>}
      </p>
      <ul className={styles.notes}>
        <li>
          {failsSeconds === null
            ? words.noLimit(survivesSeconds)
            : words.limit(survivesSeconds, failsSeconds)}
        </li>
        <li>{words.qos(advice.qos)}</li>
        {gatherSeconds > 0 && <li>{words.gather(gatherSeconds)}</li>}
        <li>{words.neuron}</li>
        {advice.halfSleepPays && <li>{words.halfSleep}</li>}
      </ul>
      <DayCosts plans={advice.plans} />
      <Bridge text={advice.bridge} />
    </>
  );
}

function DayCosts({ plans }: { readonly plans: Found["plans"] }) {
  const words = useWords().advice;
  const language = useLanguage();
  const count = (value: number) => number(language, value);
  return (
    <table className={styles.costs}>
      <caption>{words.day}</caption>
      <thead>
        <tr>
          {(Object.keys(words.columns) as (keyof typeof words.columns)[]).map((key) => (
            <th key={key} scope="col">
              {words.columns[key]}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {plans.map(({ name, keepAliveSeconds, cost }) => (
          <tr key={name} className={name === "advised" ? styles.advised : undefined}>
            <th scope="row">{words.plans[name]}</th>
            <td>{keepAliveSeconds === null ? words.none : `${keepAliveSeconds} ${words.seconds}`}</td>
            <td>{bytes(language, cost.bytes)}</td>
            <td>{count(cost.wakeUps)}</td>
            <td>{count(cost.messages)}</td>
            <td>{count(cost.pings)}</td>
            <td>{count(cost.connections)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Bridge({ text }: { readonly text: string }) {
  const words = useWords().advice;
  const [copied, setCopied] = useState(false);
  return (
    <section aria-label={words.bridge}>
      <div className={styles.bridgeHead}>
        <h3>{words.bridge}</h3>
        <Button
          size="small"
          icon="copy"
          onClick={() => void navigator.clipboard.writeText(text).then(() => setCopied(true))}
        >
          {copied ? words.copied : words.copy}
        </Button>
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard */}
      <pre className={styles.bridge} tabIndex={0}>
        {text}
      </pre>
    </section>
  );
}
