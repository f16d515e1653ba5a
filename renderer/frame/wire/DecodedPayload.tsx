import type { WireView } from "#contract/views.ts";
import { sayPhrase } from "#contract/words/say.ts";
import { useLanguage, useWords } from "../../words/language.ts";
import styles from "./DecodedPayload.module.css";

/** What a message holds, tag by tag, with its format and what is worth knowing beside it. */
export function DecodedPayload({ decoded }: { readonly decoded: NonNullable<WireView["decoded"]> }) {
  const { wire: words, uplink } = useWords();
  const language = useLanguage();
  return (
    <>
      <p className="dim">{uplink.watch.formats[decoded.format]}</p>
      {decoded.notes.map((note) => (
        <p key={`${note.code} ${JSON.stringify(note.facts)}`}>{sayPhrase(language, note)}</p>
      ))}
      <table className={styles.readings}>
        <tbody>
          {decoded.readings.map(({ device, tag, text }, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a message may name one tag twice
            <tr key={index}>
              <th scope="row">{device === "" ? tag : `${device}/${tag}`}</th>
              <td className="mono">{text}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {decoded.more > 0 && <p className="dim">{words.moreReadings(decoded.more)}</p>}
    </>
  );
}
