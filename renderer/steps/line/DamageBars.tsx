import type { CertificateView } from "#contract/lineViews.ts";
import { useWords } from "../../words/language.ts";
import styles from "./DamageBars.module.css";
import { percent } from "./qualityRows.ts";

const height = 34;
const slot = 19;

/** In which part of the frame damage sits, from its first byte to its last; nothing where no frame was damaged. */
export function DamageBars({ certificate }: { readonly certificate: CertificateView }) {
  const words = useWords().line.certify;
  const { damagedAt, damage } = certificate;
  const most = Math.max(...damagedAt, 0);
  if (most === 0) return null;
  const width = slot * damagedAt.length;
  const says = words.damageSays(percent(damage.first), percent(damage.middle), percent(damage.last));
  const [first, last] = words.damageEnds;
  return (
    <section aria-label={words.damage} className={styles.damage} title={says}>
      <h3>{words.damage}</h3>
      <svg viewBox={`0 0 ${width} ${height + 1}`} role="img" aria-label={says}>
        {damagedAt.map((count, at) => {
          const tall = count === 0 ? 0 : Math.max(2, (count / most) * height);
          return (
            <rect
              // biome-ignore lint/suspicious/noArrayIndexKey: a bar is its place in the frame
              key={at}
              x={at * slot}
              y={height - tall}
              width={slot - 2}
              height={tall}
            />
          );
        })}
        <line x1="0" x2={width} y1={height + 0.5} y2={height + 0.5} />
      </svg>
      <p>
        <span>{first}</span>
        <span>{last}</span>
      </p>
    </section>
  );
}
