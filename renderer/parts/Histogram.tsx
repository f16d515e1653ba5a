import { useWords } from "../words/language.ts";
import { bins, quantile } from "./bins.ts";
import styles from "./Histogram.module.css";

/** How measurements spread, in milliseconds; bars above `slowMs` are drawn as slow. */
export function Histogram(props: {
  readonly values: readonly number[];
  readonly width?: number;
  readonly height?: number;
  readonly slowMs?: number;
}) {
  const { values, width = 330, height = 92, slowMs = Number.POSITIVE_INFINITY } = props;
  const words = useWords();
  if (values.length === 0) return null;
  const { counts, from, step } = bins(values, 36);
  const most = Math.max(...counts);
  const floor = height - 20;
  const slot = width / counts.length;
  const label = words.parts.histogram(
    values.length,
    quantile(values, 0.5).toFixed(0),
    Math.max(...values).toFixed(0),
  );
  return (
    <svg width={width} height={height} role="img" aria-label={label} className={styles.histogram}>
      <line x1="0" x2={width} y1={floor + 0.5} y2={floor + 0.5} className={styles.floor} />
      {counts.map((count, at) => {
        const tall = count === 0 ? 0 : Math.max(2, (count / most) * (floor - 4));
        const slow = from + at * step > slowMs;
        return (
          <rect
            // biome-ignore lint/suspicious/noArrayIndexKey: a bin is its place
            key={at}
            x={at * slot}
            y={floor - tall}
            width={Math.max(1, slot - 2)}
            height={tall}
            rx="1"
            className={slow ? styles.slow : styles.bar}
          />
        );
      })}
      {[0, 0.5, 1].map((part) => (
        <text
          key={part}
          x={part * width}
          y={height - 5}
          textAnchor={part === 0 ? "start" : part === 1 ? "end" : "middle"}
          className={styles.tick}
        >
          {`${Math.round(from + part * step * counts.length)}${part === 0.5 ? "" : " ms"}`}
        </text>
      ))}
    </svg>
  );
}
