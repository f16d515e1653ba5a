import type { CallInput } from "#contract/contract.ts";
import { sayPhrase } from "#contract/words/say.ts";
import { useAnswer } from "../../client/hooks.ts";
import { Button } from "../../parts/Button.tsx";
import { Chip } from "../../parts/Chip.tsx";
import { useLanguage, useWords } from "../../words/language.ts";
import styles from "./ProfilePanel.module.css";
import { takeTagsOf } from "./profileChoice.ts";

/** Which profiles may describe a found unit, how sure that is, and the way to its tags. */
export function ProfileProposal(props: {
  readonly seen: CallInput<"profiles.propose">["seen"];
  readonly line: string;
  readonly unit: number;
}) {
  const words = useWords().tags.profile;
  const language = useLanguage();
  const { answer } = useAnswer("profiles.propose", { seen: props.seen });
  if (!answer) return null;
  if (answer.length === 0) return <p className="dim">{words.none}</p>;
  return (
    <ul className={styles.proposals} aria-label={words.proposed}>
      {answer.map((one) => (
        <li key={one.profile}>
          <strong>
            {one.vendor} {one.model}
          </strong>
          <Chip state={one.certainty === "sure" ? "ok" : "warn"}>{words.certainty[one.certainty]}</Chip>
          <p className="dim">{sayPhrase(language, one.evidence)}</p>
          <Button
            size="small"
            onClick={() => takeTagsOf({ profile: one.profile, line: props.line, unit: props.unit })}
          >
            {words.takeTags}
          </Button>
        </li>
      ))}
    </ul>
  );
}
