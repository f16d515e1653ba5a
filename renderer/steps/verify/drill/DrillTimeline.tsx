import { useRef } from "react";
import type { DrillDetail } from "#contract/drillViews.ts";
import { Section } from "../../../parts/Step.tsx";
import { useWidth } from "../../../parts/useWidth.ts";
import { useWords } from "../../../words/language.ts";
import { timeOfDay } from "../../../words/numbers.ts";
import styles from "./DrillTimeline.module.css";

type Timeline = NonNullable<DrillDetail["timeline"]>;
type Lane = Timeline["lanes"][number];

const lanePx = 24;
const barPx = 16;
const namePx = 168;
const axisPx = 20;

/** A lane a group: full bars came on time, half bars late, crosses are what never came; the outage is shaded. */
export function DrillTimeline(props: {
  readonly timeline: Timeline;
  readonly cutAt: number | null;
  readonly restoredAt: number | null;
}) {
  const words = useWords().drill;
  const box = useRef<HTMLDivElement>(null);
  const width = Math.max(320, useWidth(box));
  const { timeline, cutAt, restoredAt } = props;
  const { startAt, binMs, lanes } = timeline;
  const count = lanes[0]?.fresh.length ?? 1;
  const binPx = (width - namePx) / count;
  const xOf = (at: number) => namePx + Math.min(count, Math.max(0, (at - startAt) / binMs)) * binPx;
  const height = lanes.length * lanePx + axisPx;
  const from = cutAt === null ? undefined : xOf(cutAt);
  const to = restoredAt === null ? width : xOf(restoredAt);
  return (
    <Section
      title={words.timeline}
      says={
        <span className={styles.keys}>
          {(["fresh", "late", "lost"] as const).map((key) => (
            <span key={key} className={styles.key}>
              <svg width="10" height={barPx} aria-hidden="true">
                <Mark kind={key} x={0} width={10} y={0} />
              </svg>
              {words.keys[key]}
            </span>
          ))}
        </span>
      }
    >
      <div ref={box} className={styles.box}>
        <svg width={width} height={height} className={styles.timeline} role="img" aria-label={words.timeline}>
          {from !== undefined && (
            <rect
              x={from}
              y={0}
              width={Math.max(1, to - from)}
              height={height - axisPx}
              className={styles.outage}
            />
          )}
          {lanes.map((lane, index) => (
            <LaneRow key={lane.key} lane={lane} y={index * lanePx} binPx={binPx} />
          ))}
          {from !== undefined && <Edge x={from} height={height} says={`${words.cut} ${clock(cutAt)}`} left />}
          {restoredAt !== null && (
            <Edge x={to} height={height} says={`${words.restored} ${clock(restoredAt)}`} />
          )}
        </svg>
      </div>
    </Section>
  );
}

function LaneRow({ lane, y, binPx }: { readonly lane: Lane; readonly y: number; readonly binPx: number }) {
  const words = useWords().drill;
  const sum = (row: readonly number[]) => row.reduce((all, one) => all + one, 0);
  const width = Math.max(1, binPx - 1);
  return (
    <g transform={`translate(0 ${y})`}>
      <title>{words.lane(lane.key, sum(lane.fresh), sum(lane.late), sum(lane.lost))}</title>
      <text x={0} y={barPx} className={styles.name}>
        {lane.key.length > 26 ? `${lane.key.slice(0, 25)}…` : lane.key}
      </text>
      <line x1={namePx} x2="100%" y1={barPx + 4.5} y2={barPx + 4.5} className={styles.floor} />
      {lane.fresh.map((fresh, bin) => {
        const late = lane.late[bin] ?? 0;
        const lost = lane.lost[bin] ?? 0;
        const kind = lost > 0 ? "lost" : late > 0 ? "late" : fresh > 0 ? "fresh" : undefined;
        if (kind === undefined) return null;
        // biome-ignore lint/suspicious/noArrayIndexKey: a bin is its place
        return <Mark key={bin} kind={kind} x={namePx + bin * binPx} width={width} y={4} />;
      })}
    </g>
  );
}

function Mark(props: {
  readonly kind: "fresh" | "late" | "lost";
  readonly x: number;
  readonly width: number;
  readonly y: number;
}) {
  const { kind, x, width, y } = props;
  if (kind === "fresh")
    return <rect x={x} y={y} width={width} height={barPx} rx="1" className={styles.fresh} />;
  if (kind === "late")
    return <rect x={x} y={y + barPx / 2} width={width} height={barPx / 2} rx="1" className={styles.late} />;
  const middle = x + width / 2;
  const arm = Math.min(4, width / 2 + 1);
  const centre = y + barPx / 2;
  return (
    <path
      d={`M${middle - arm} ${centre - arm}l${2 * arm} ${2 * arm}m0 ${-2 * arm}l${-2 * arm} ${2 * arm}`}
      className={styles.lost}
    />
  );
}

/** A line through all lanes with its word below. */
function Edge(props: {
  readonly x: number;
  readonly height: number;
  readonly says: string;
  readonly left?: boolean;
}) {
  const { x, height, says, left } = props;
  return (
    <>
      <line x1={x} x2={x} y1={0} y2={height - axisPx + 5} className={styles.edge} />
      <text
        x={x + (left ? -4 : 4)}
        y={height - 5}
        textAnchor={left ? "end" : "start"}
        className={styles.tick}
      >
        {says}
      </text>
    </>
  );
}

function clock(at: number | null): string {
  return at === null ? "" : timeOfDay(at).slice(0, 8);
}
