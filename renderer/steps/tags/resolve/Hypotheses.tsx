import type { HypothesisView } from "#contract/tagViews.ts";
import type { Tag } from "#domain/tag/tag.ts";
import { Button } from "../../../parts/Button.tsx";
import { StateIcon } from "../../../parts/Chip.tsx";
import { useWords } from "../../../words/language.ts";
import styles from "./Resolve.module.css";
import { isTaken, type ResolveJob } from "./resolveModel.ts";

/** Past these, one more read says more than one more row. */
const mostShown = 8;

/** The verdict in a sentence, then what fits (or comes closest) with what each would show. */
export function Hypotheses(props: {
  readonly detail: ResolveJob["detail"];
  readonly tag: Tag;
  readonly onTake: (found: HypothesisView) => void;
}) {
  const words = useWords().tagWork.resolve;
  const { verdict, hypotheses, nearest, samples } = props.detail;
  const rows = (verdict === "none" ? nearest : hypotheses).slice(0, mostShown);
  const says = {
    certain: words.certain,
    ambiguous: words.ambiguous(hypotheses.length),
    none: nearest.length === 0 ? words.nothing : words.none,
  };
  const states = { certain: "ok", ambiguous: "warn", none: "bad" } as const;
  const at = verdict ?? "none";
  return (
    <>
      <p className={styles.verdict}>
        <StateIcon state={states[at]} />
        <span>
          <strong>{says[at]}</strong> {at === "ambiguous" && <span className="dim">{words.changed}</span>}{" "}
          {samples.length > 1 && <span className="dim">{words.samples(samples.length)}</span>}
        </span>
      </p>
      <ul className={styles.ways}>
        {rows.map((found) => (
          <Way key={`${found.printed} ${found.type} ${found.scale}`} found={found} {...props} />
        ))}
      </ul>
    </>
  );
}

function Way(props: {
  readonly found: HypothesisView;
  readonly tag: Tag;
  readonly onTake: (found: HypothesisView) => void;
}) {
  const words = useWords().tagWork.resolve;
  const { found, tag } = props;
  const { printed, type, scale, shown, orSigned } = found;
  return (
    <li title={orSigned ? words.orSigned(type.slice(1)) : undefined}>
      <span className={styles.way}>
        <strong>
          {shown} {tag.unit !== "" && <span className="dim">{tag.unit}</span>}
        </strong>
        <span>
          <span className="mono">{printed}</span> {type}
          {scale !== 1 && ` × ${scale}`}
        </span>
        <span className="mono dim">{found.words}</span>
      </span>
      {isTaken(found, tag) ? (
        <span className="dim">{words.isNow}</span>
      ) : (
        <Button size="small" label={words.takeOf(printed, type)} onClick={() => props.onTake(found)}>
          {words.take}
        </Button>
      )}
    </li>
  );
}
