import type { SiteView } from "#contract/views.ts";
import { StateIcon } from "../../parts/Chip.tsx";
import { useWords } from "../../words/language.ts";
import { sharing, topicsOf } from "./topics.ts";
import styles from "./UplinkForm.module.css";

const most = 4;

/** The topics that the pattern makes of this site's groups, as one types. */
export function TopicPreview({
  head,
  pattern,
}: {
  readonly head: SiteView["head"];
  readonly pattern: string;
}) {
  const words = useWords().uplink;
  const topics = topicsOf(head, pattern);
  const shared = sharing(topics);
  if (topics.length === 0) return <p className={`${styles.topics} dim`}>{words.topicsNone}</p>;
  return (
    <section className={styles.topics} aria-label={words.topics}>
      <h3>{words.topics}</h3>
      <ul>
        {topics.slice(0, most).map(({ group, topic }) => (
          <li key={group} className="mono">
            {topic}
          </li>
        ))}
      </ul>
      {topics.length > most && <p className="dim">{words.topicsMore(topics.length - most)}</p>}
      {shared > 0 && (
        <p className={styles.warning}>
          <StateIcon state="warn" />
          {words.topicShared(shared)}
        </p>
      )}
    </section>
  );
}
