import { quantile } from "../../parts/bins.ts";
import { Histogram } from "../../parts/Histogram.tsx";
import { useLanguage, useWords } from "../../words/language.ts";
import { number } from "../../words/numbers.ts";
import styles from "./UplinkCheck.module.css";

/** How long messages took there and back, by quality of service, beside the bare link's own ping. */
export function RoundTrips(props: {
  readonly trips: readonly { readonly qos: 0 | 1 | 2; readonly timesMs: readonly number[] }[];
  readonly pingsMs: readonly number[];
}) {
  const words = useWords().uplink;
  const all = props.trips.flatMap(({ timesMs }) => timesMs);
  const rows = [
    { name: words.ping, times: props.pingsMs },
    ...props.trips.map(({ qos, timesMs }) => ({ name: words.qosShort(qos), times: timesMs })),
  ].filter(({ times }) => times.length > 0);
  return (
    <section aria-label={words.roundTrips}>
      <p className={styles.caption}>
        <strong>{words.roundTrips}</strong> <span className="dim">{words.messagesCounted(all.length)}</span>
      </p>
      <div className={styles.trips}>
        <Histogram values={all} width={240} slowMs={quantile(all, 0.5) * 3} />
        <table className={styles.figures}>
          <thead>
            <tr>
              <td>{words.ms}</td>
              <th scope="col">{words.half}</th>
              <th scope="col">{words.tail}</th>
              <th scope="col">{words.slowest}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map(({ name, times }) => (
              <tr key={name}>
                <th scope="row">{name}</th>
                <Time ms={quantile(times, 0.5)} />
                <Time ms={quantile(times, 0.95)} />
                <Time ms={Math.max(...times)} />
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

function Time({ ms }: { readonly ms: number }) {
  return <td>{number(useLanguage(), ms, ms < 10 ? 1 : 0)}</td>;
}
