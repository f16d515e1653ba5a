import { useMemo, useRef, useState } from "react";
import type { CertificateView } from "#contract/lineViews.ts";
import type { Language } from "#contract/words/say.ts";
import { cellsOf, type ReadCell } from "#domain/quality/readStrip.ts";
import { useWidth } from "../../parts/useWidth.ts";
import { useLanguage, useWords, type Words } from "../../words/language.ts";
import { number } from "../../words/numbers.ts";
import styles from "./ReadStrip.module.css";
import { cornerOf, kindsIn, planStrip, readAt, readByKey, stripPaths } from "./stripPlan.ts";

/** Every read of a certificate as one cell in the order of asking; the one under the pointer is told below. */
export function ReadStrip({ certificate }: { readonly certificate: CertificateView }) {
  const words = useWords().line.certify;
  const language = useLanguage();
  const box = useRef<HTMLDivElement>(null);
  const width = useWidth(box);
  const [at, setAt] = useState<number | undefined>(undefined);
  const { reads, latenciesMs } = certificate;
  const cells = useMemo(() => cellsOf(reads, latenciesMs), [reads, latenciesMs]);
  const plan = useMemo(() => planStrip(cells.length, width || 240), [cells.length, width]);
  const paths = useMemo(() => stripPaths(cells, plan), [cells, plan]);
  const chosen = at === undefined ? undefined : cells[at];
  if (cells.length === 0) return null;
  const corner = at === undefined ? undefined : cornerOf(at, plan);
  const saysOf = (index: number) => sayRead(cells[index] as ReadCell, index + 1, words, language);
  return (
    <div className={styles.strip} ref={box}>
      <div
        className={styles.cells}
        role="slider"
        tabIndex={0}
        aria-label={words.strip}
        title={words.stripKeys}
        aria-valuemin={1}
        aria-valuemax={cells.length}
        aria-valuenow={(at ?? 0) + 1}
        aria-valuetext={saysOf(at ?? 0)}
        onKeyDown={(event) => {
          const next = readByKey(event.key, at ?? 0, cells, plan);
          if (next === undefined) return;
          event.preventDefault();
          setAt(next);
        }}
        onBlur={() => setAt(undefined)}
        onPointerMove={(event) => {
          const { left, top } = event.currentTarget.getBoundingClientRect();
          setAt(readAt(event.clientX - left, event.clientY - top, cells.length, plan));
        }}
        onPointerLeave={() => setAt(undefined)}
      >
        <svg width={plan.columns * plan.cell} height={plan.rows * plan.row} aria-hidden="true">
          {paths.map(({ kind, path }) => (
            <path key={kind} d={path} className={styles[kind]} />
          ))}
          {corner && (
            <rect
              x={corner.x - 1}
              y={corner.y - 1}
              width={plan.cell + 1}
              height={plan.row}
              className={styles.chosen}
            />
          )}
        </svg>
      </div>
      <p className={styles.says}>
        {chosen && at !== undefined
          ? saysOf(at)
          : kindsIn(cells).map((kind) => (
              <span key={kind} className={styles.kind}>
                <svg width="5" height="11" aria-hidden="true">
                  <path
                    d={kind === "good" || kind === "exception" ? "M0 5h4v6h-4z" : "M0 0h4v11h-4z"}
                    className={styles[kind]}
                  />
                </svg>
                {number(language, cells.filter((cell) => cell.kind === kind).length)} {words.kinds[kind]}
              </span>
            ))}
      </p>
    </div>
  );
}

function sayRead(cell: ReadCell, at: number, words: Words["line"]["certify"], language: Language): string {
  const what = words.kinds[cell.kind];
  const came =
    cell.latencyMs !== null
      ? words.readLatency(what, number(language, cell.latencyMs), cell.bytes)
      : cell.bytes > 0
        ? words.readBytes(what, cell.bytes)
        : what;
  return words.read(at, number(language, cell.atMs / 1000, 1), cell.registers, came);
}
