import type { UnitCertificateView } from "#contract/lineViews.ts";
import { sayPhrase } from "#contract/words/say.ts";
import { judgeLine } from "#domain/quality/lineVerdict.ts";
import type { Line } from "#domain/site/site.ts";
import { Button } from "../../parts/Button.tsx";
import { Chip } from "../../parts/Chip.tsx";
import { InspectorPart } from "../../parts/Inspector.tsx";
import { useLanguage, useWords } from "../../words/language.ts";
import styles from "./LineQuality.module.css";
import { headAndRest, verdictStates } from "./qualityRows.ts";

/** About what one certificate takes, its listening included. */
const minutesPerUnit = 0.7;

/** What the certificates of all units say of their line, and the way to make them all. */
export function LineQuality(props: {
  readonly line: Line;
  readonly certificates: ReadonlyMap<number, UnitCertificateView>;
  readonly busy: boolean;
  readonly onCertify: (units: readonly number[]) => void;
}) {
  const { line } = props;
  const { certify, verdicts } = useWords().line;
  const words = certify.line;
  const language = useLanguage();
  const units = line.units.map((unit) => unit.number);
  const verdict = judgeLine(
    [...props.certificates.values()].map(({ certificate }) => certificate),
    units,
  );
  const [cause, advice] = verdict ? headAndRest(sayPhrase(language, verdict.says)) : ["", ""];
  const state = verdict?.verdict ? verdictStates[verdict.verdict] : "idle";
  return (
    <InspectorPart title={words.title}>
      {verdict ? (
        <>
          <p className={styles.verdict}>
            <Chip state={state}>{verdict.verdict ? verdicts[verdict.verdict] : words.open}</Chip>
            <span className="dim">{words.certified(verdict.certified, verdict.units)}</span>
          </p>
          <p>
            <b className={state === "idle" ? undefined : state}>{cause}</b> {advice}
          </p>
        </>
      ) : (
        <p className="dim">
          {units.length === 0 ? words.noUnits : words.none(Math.ceil(units.length * minutesPerUnit))}
        </p>
      )}
      {units.length > 0 && (
        <div className={styles.again}>
          <Button size="small" icon="spark" disabled={props.busy} onClick={() => props.onCertify(units)}>
            {verdict ? words.again(units.length) : words.start(units.length)}
          </Button>
        </div>
      )}
    </InspectorPart>
  );
}
