import { useMemo, useState } from "react";
import { sayFinding } from "#contract/words/say.ts";
import { useAct } from "../../../client/hooks.ts";
import { Button, IconButton } from "../../../parts/Button.tsx";
import { StateIcon } from "../../../parts/Chip.tsx";
import { showNotice } from "../../../parts/notices.tsx";
import { useLanguage, useWords } from "../../../words/language.ts";
import { number } from "../../../words/numbers.ts";
import styles from "./Findings.module.css";
import {
  type FindingGroup,
  type FindingView,
  groupFindings,
  joinFixes,
  type LintView,
  placeOf,
} from "./findingModel.ts";
import { SeverityIcon } from "./SeverityIcon.tsx";

const severities = ["error", "warning", "notice"] as const;
/** Of one kind, so many are shown at first: what they have in common is seen by then. */
const firstShown = 8;

/** The right column while findings are open: by kind, worst first; each leads to its cell, and many are fixed by a click. */
export function FindingsPanel(props: {
  readonly lint: LintView;
  readonly onGo: (finding: FindingView) => void;
  readonly onClose: () => void;
}) {
  const words = useWords().tagWork.findings;
  const act = useAct();
  const groups = useMemo(() => groupFindings(props.lint), [props.lint]);
  const { counts } = props.lint;

  async function fix(fixes: FindingGroup["fixes"]): Promise<void> {
    for (const edit of joinFixes(fixes)) {
      if ((await act("site.edit", { edit })) === undefined) return;
    }
    showNotice(words.fixed(fixes.length));
  }

  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keyboard
    <aside className={styles.panel} aria-label={words.title} tabIndex={0}>
      <header className={styles.head}>
        <h2>{words.title}</h2>
        <IconButton icon="cross" label={words.close} onClick={props.onClose} />
      </header>
      {groups.length === 0 ? (
        <p className={styles.fine}>
          <StateIcon state="ok" size={16} /> {words.fine}
        </p>
      ) : (
        <p className={styles.counts}>
          {severities.map((severity) =>
            counts[severity] === 0 ? null : (
              <span key={severity}>
                <SeverityIcon severity={severity} /> {words.severities[severity](counts[severity])}
              </span>
            ),
          )}
        </p>
      )}
      {groups.map((group) => (
        <Kind key={group.id} group={group} onGo={props.onGo} onFix={(fixes) => void fix(fixes)} />
      ))}
    </aside>
  );
}

function Kind(props: {
  readonly group: FindingGroup;
  readonly onGo: (finding: FindingView) => void;
  readonly onFix: (fixes: FindingGroup["fixes"]) => void;
}) {
  const { group } = props;
  const words = useWords().tagWork.findings;
  const language = useLanguage();
  const [all, showAll] = useState(false);
  const shown = all ? group.findings : group.findings.slice(0, firstShown);
  const [first] = group.findings;
  return (
    <section className={styles.kind} aria-label={words.titles[group.id]}>
      <div className={styles.kindHead}>
        <SeverityIcon severity={group.severity} />
        <h3 title={group.id}>
          <span className="unseen">{words.severity[group.severity]}: </span>
          {words.titles[group.id]}
        </h3>
        <span className="dim">{number(language, group.total)}</span>
        {group.fixes.length > 1 && (
          <Button size="small" onClick={() => props.onFix(group.fixes)}>
            {words.fixAll(group.fixes.length)}
          </Button>
        )}
      </div>
      {first && <p className="dim">{sayFinding(language, first).try}</p>}
      <ul>
        {shown.map((finding) => (
          <li key={JSON.stringify([finding.tag, finding.line, finding.group, finding.field, finding.facts])}>
            <button type="button" className={styles.go} onClick={() => props.onGo(finding)}>
              {sayFinding(language, finding).says}
            </button>
            {finding.fix && (
              <Button
                size="small"
                label={words.fixOf(placeOf(finding))}
                onClick={() => finding.fix && props.onFix([finding.fix])}
              >
                {words.fix}
              </Button>
            )}
          </li>
        ))}
      </ul>
      {shown.length < group.findings.length && (
        <Button kind="quiet" size="small" onClick={() => showAll(true)}>
          {words.more(number(language, group.findings.length - shown.length))}
        </Button>
      )}
      {all && group.total > group.findings.length && (
        <p className="dim">{words.notListed(number(language, group.total - group.findings.length))}</p>
      )}
    </section>
  );
}
