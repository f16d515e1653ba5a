import type { StandInDetail } from "#contract/standInViews.ts";
import { useNow } from "../../../client/useNow.ts";
import { useLanguage, useWords } from "../../../words/language.ts";
import { bytes, duration, number } from "../../../words/numbers.ts";
import styles from "./StandIn.module.css";
import { dropsOf, fullness } from "./standInModel.ts";

/** How much waits on the disk as a bar, and what became of the rest in figures. */
export function QueueFigures({ detail, live }: { readonly detail: StandInDetail; readonly live: boolean }) {
  const words = useWords().standin;
  const language = useLanguage();
  const now = useNow(live ? 1000 : undefined);
  const count = (value: number) => number(language, value);
  const { queued, acknowledged, perSecond, replayed, replayLeft, oldestAt } = detail;
  const share = fullness(detail);
  const drops = dropsOf(detail);
  const total = drops.reduce((sum, drop) => sum + drop.count, 0);
  return (
    <>
      <div className={styles.depth}>
        <p className={styles.waiting}>
          <strong>{words.waiting(count(queued))}</strong>
          <span className="dim">
            {words.ofRoom(
              bytes(language, detail.bytes),
              bytes(language, detail.choice.maxMegabytes * 1_048_576),
            )}
          </span>
        </p>
        <div className={styles.track} role="img" aria-label={`${words.depth}: ${Math.round(share * 100)} %`}>
          <i className={share > 0.9 ? styles.full : styles.fill} style={{ width: `${share * 100}%` }} />
        </div>
      </div>
      <dl className={styles.figures}>
        <Figure name={words.figures.acknowledged} value={count(acknowledged)} />
        <Figure name={words.figures.rate} value={live ? number(language, perSecond, 1) : "–"} />
        <Figure
          name={words.figures.replayed}
          value={count(replayed)}
          more={replayLeft > 0 ? words.left(count(replayLeft)) : undefined}
        />
        <Figure
          name={words.figures.oldest}
          value={oldestAt === null ? "–" : duration(language, Math.max(0, now - oldestAt))}
        />
        <Figure
          name={words.figures.dropped}
          value={total === 0 ? words.none : count(total)}
          bad={total > 0}
        />
      </dl>
      {drops.length > 0 && (
        <ul className={styles.drops}>
          {drops.map((drop) => (
            <li key={drop.kind}>{words.drops[drop.kind](count(drop.count))}</li>
          ))}
        </ul>
      )}
    </>
  );
}

function Figure(props: {
  readonly name: string;
  readonly value: string;
  readonly more?: string | undefined;
  readonly bad?: boolean;
}) {
  return (
    <div>
      <dt>{props.name}</dt>
      <dd className={props.bad ? "bad" : undefined}>
        {props.value} {props.more !== undefined && <small>{props.more}</small>}
      </dd>
    </div>
  );
}
