import type { ChainView } from "#contract/views.ts";
import { StateIcon } from "../../parts/Chip.tsx";
import { classes } from "../../parts/classes.ts";
import { useWords } from "../../words/language.ts";
import styles from "./CertificateChain.module.css";
import { type ChainLink, chainLinks } from "./chainModel.ts";

/** The broker's certificates from the authority down: who vouches for whom, and how much of each one's time is left. */
export function CertificateChain({ chain }: { readonly chain: ChainView }) {
  const words = useWords().uplink.chain;
  return (
    <section aria-label={words.title}>
      <p className={styles.caption}>
        <strong>{words.title}</strong>{" "}
        <span className="dim">
          {chain.protocol} · {chain.cipher}
        </span>
      </p>
      <ol className={styles.chain}>
        {chainLinks(chain).map((link) => (
          <li key={link.key} className={classes(styles.link, link.role === "missing" && styles.missing)}>
            <span className={styles.mark}>
              <StateIcon state={link.state} size={16} />
            </span>
            <Link link={link} />
          </li>
        ))}
      </ol>
    </section>
  );
}

function Link({ link }: { readonly link: ChainLink }) {
  const words = useWords().uplink.chain;
  const { role, names, days } = link;
  return (
    <div className={styles.body}>
      <p className={styles.name}>
        <strong>{link.name}</strong> <span className="dim">{words.roles[role]}</span>
      </p>
      {days !== undefined && (
        <>
          {names.length > 0 && <p className={styles.small}>{words.isFor(names.slice(0, 4).join(", "))}</p>}
          <div className={styles.time}>
            <Time link={link} />
            <span className={classes(styles.small, styles[link.state])}>
              {days < 0 ? words.expired(day(link.to)) : words.until(day(link.to), days)}
            </span>
          </div>
          <p className={classes(styles.small, "mono", "dim")} title={link.fingerprint}>
            {link.fingerprint.slice(0, 29)}…
          </p>
        </>
      )}
    </div>
  );
}

/** A certificate's life as a bar: what is over, and where today stands. */
function Time({ link }: { readonly link: ChainLink }) {
  const words = useWords().uplink.chain;
  const width = 120;
  const now = 1 + link.spent * (width - 2);
  return (
    <svg
      width={width}
      height={10}
      role="img"
      aria-label={words.life(day(link.from), day(link.to))}
      className={styles.life}
    >
      <rect x="0" y="3" width={width} height="4" rx="2" className={styles.whole} />
      <rect x="0" y="3" width={now} height="4" rx="2" className={styles.spent} />
      <line x1={now} x2={now} y1="0" y2="10" className={styles.now} />
    </svg>
  );
}

function day(at: number): string {
  return new Date(at).toISOString().slice(0, 10);
}
