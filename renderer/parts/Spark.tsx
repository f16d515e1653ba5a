import { useWords } from "../words/language.ts";

/** The last values as a line, oldest left. Fewer than two values: nothing. */
export function Spark(props: {
  readonly values: readonly number[];
  readonly width?: number;
  readonly height?: number;
  readonly state?: "plain" | "bad";
}) {
  const { values, width = 86, height = 20, state = "plain" } = props;
  const words = useWords();
  if (values.length < 2) return <span className="unseen">{words.parts.noValues}</span>;
  const low = Math.min(...values);
  const high = Math.max(...values);
  const span = high - low || 1;
  const points = values
    .map((value, at) => {
      const x = 1 + (at / (values.length - 1)) * (width - 2);
      const y = high === low ? height / 2 : height - 3 - ((value - low) / span) * (height - 6);
      return `${x.toFixed(1)},${y.toFixed(1)}`;
    })
    .join(" ");
  return (
    <svg width={width} height={height} role="img" aria-label={words.parts.spark(String(low), String(high))}>
      <polyline
        points={points}
        fill="none"
        stroke={state === "bad" ? "var(--bad)" : "var(--dim)"}
        strokeWidth="1.4"
        strokeLinejoin="round"
      />
    </svg>
  );
}
