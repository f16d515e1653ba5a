import type { TrustView } from "#contract/trustViews.ts";
import { useLanguage, useWords } from "../../../words/language.ts";
import { day } from "../../../words/numbers.ts";
import styles from "./TrustPanel.module.css";

/** The chain from the owner down: who lets whom, for what, and until when. */
export function ChainFacts({ trust }: { readonly trust: TrustView }) {
  const words = useWords().trust;
  const language = useLanguage();
  const { root, organisation, technician } = trust;
  const links = [
    { what: words.organisation, link: organisation },
    { what: words.technician, link: technician },
  ];
  return (
    <dl className={styles.links}>
      {root !== null && (
        <div className={styles.link}>
          <dt>{words.owner}</dt>
          <dd>
            <strong>{root.owner}</strong>
            <br />
            {words.ofKeys(root.threshold, root.keys)}
          </dd>
        </div>
      )}
      {links.map(({ what, link }) => (
        <div className={styles.link} key={what}>
          <dt>{what}</dt>
          <dd>
            {link === null ? (
              <span className="dim">{words.missing}</span>
            ) : (
              <>
                <strong>{link.name}</strong> <code className="mono">{link.printed}</code>
                <br />
                {words.until(day(language, Date.parse(link.notAfter)))} · {words.sites(link.sites)} ·{" "}
                {words.actions(link.actions)}
              </>
            )}
          </dd>
        </div>
      ))}
      {trust.revoked > 0 && (
        <div className={styles.link}>
          <dt>{words.revoked}</dt>
          <dd>{words.keys(trust.revoked)}</dd>
        </div>
      )}
    </dl>
  );
}
