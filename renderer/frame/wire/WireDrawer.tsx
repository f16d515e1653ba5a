import { type KeyboardEvent, type PointerEvent, useMemo, useRef, useState } from "react";
import { sayPhrase } from "#contract/words/say.ts";
import { useItems } from "../../client/hooks.ts";
import { useNow } from "../../client/useNow.ts";
import { IconButton } from "../../parts/Button.tsx";
import { useLanguage, useWords } from "../../words/language.ts";
import { number } from "../../words/numbers.ts";
import { type Command, useCommands } from "../commands.tsx";
import styles from "./WireDrawer.module.css";
import { WireRows } from "./WireRows.tsx";
import { WireTools } from "./WireTools.tsx";
import { everything, fits, rateOf, type WireFilter } from "./wireFilter.ts";

const closedPx = 32;
const openPx = 32 + 1 + 6 * 23;
const mostPx = 520;

/** Frames and packets as they pass, always one glance away below the work. */
export function WireDrawer() {
  const { wire: words, frame } = useWords();
  const language = useLanguage();
  const live = useItems("wire");
  const [height, setHeight] = useState(closedPx);
  const [filter, setFilter] = useState<WireFilter>(everything);
  const [held, setHeld] = useState<typeof live | undefined>(undefined);
  const isOpen = height > closedPx;
  const rows = held ?? live;
  const shown = useMemo(
    () => (isOpen ? rows.filter((row) => fits(filter, row, (one) => sayPhrase(language, one.says))) : []),
    [rows, filter, isOpen, language],
  );
  const toggle = useMemo<readonly Command[]>(
    () => [
      {
        id: "wire",
        isLast: true,
        label: frame.toggleWire,
        run: () => setHeight((before) => (before > closedPx ? closedPx : openPx)),
      },
    ],
    [frame],
  );
  useCommands(toggle);

  return (
    <section className={styles.drawer} style={{ height }} aria-label={words.title}>
      <Handle height={height} onHeight={setHeight} label={words.grow} />
      <div className={styles.head}>
        <h2>{words.title}</h2>
        <Rate rows={live} paused={held !== undefined} />
        {isOpen && (
          <WireTools
            rows={rows}
            shown={shown}
            filter={filter}
            onFilter={setFilter}
            paused={held !== undefined}
            onPause={(pause) => setHeld(pause ? live : undefined)}
          />
        )}
        <span className={styles.fold}>
          <IconButton
            icon={isOpen ? "down" : "up"}
            label={isOpen ? words.close : words.open}
            onClick={() => setHeight(isOpen ? closedPx : openPx)}
          />
        </span>
      </div>
      {isOpen && <WireRows rows={shown} filtered={rows.length > 0} />}
    </section>
  );
}

function Rate({
  rows,
  paused,
}: {
  readonly rows: ReturnType<typeof useItems<"wire">>;
  readonly paused: boolean;
}) {
  const words = useWords().wire;
  const language = useLanguage();
  const rate = rateOf(rows, useNow(1000));
  const says = paused
    ? words.paused
    : rate.perSecond === 0
      ? words.quiet
      : words.rate(number(language, rate.perSecond, rate.perSecond < 10 ? 1 : 0), rate.bad);
  return <span className={styles.rate}>{says}</span>;
}

/** The drawer's upper edge: drag it, or use the arrow keys on it. */
function Handle(props: {
  readonly height: number;
  readonly onHeight: (height: number) => void;
  readonly label: string;
}) {
  const from = useRef<{ y: number; height: number } | null>(null);

  function set(height: number): void {
    const fit = Math.min(mostPx, window.innerHeight - 260, height);
    props.onHeight(fit < 90 ? closedPx : Math.round(fit));
  }

  function drag(event: PointerEvent): void {
    if (from.current) set(from.current.height + from.current.y - event.clientY);
  }

  function press(event: KeyboardEvent): void {
    if (event.key === "ArrowUp") set(Math.max(openPx, props.height + 40));
    else if (event.key === "ArrowDown") set(props.height - 40);
    else return;
    event.preventDefault();
  }

  return (
    // biome-ignore lint/a11y/useSemanticElements: a separator that moves is not a rule
    <div
      className={styles.handle}
      role="separator"
      aria-orientation="horizontal"
      aria-label={props.label}
      aria-valuemin={closedPx}
      aria-valuemax={mostPx}
      aria-valuenow={props.height}
      tabIndex={0}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        from.current = { y: event.clientY, height: props.height };
      }}
      onPointerMove={drag}
      onPointerUp={() => {
        from.current = null;
      }}
      onKeyDown={press}
    />
  );
}
