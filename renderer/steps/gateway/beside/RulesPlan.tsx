import type { ProgramView } from "#contract/gatewayViews.ts";
import type { SiteView } from "#contract/views.ts";
import { useAct } from "../../../client/hooks.ts";
import { Button } from "../../../parts/Button.tsx";
import { EmptyState } from "../../../parts/EmptyState.tsx";
import { useLanguage, useWords } from "../../../words/language.ts";
import { number } from "../../../words/numbers.ts";
import styles from "./Beside.module.css";

/** The site's streams and rules in a line; or the way to have some. */
export function RulesPlan({ view, head }: { readonly view: ProgramView; readonly head: SiteView["head"] }) {
  const words = useWords().beside;
  const language = useLanguage();
  const act = useAct();
  const take = (
    <Button
      size="small"
      icon="download"
      disabled={view.items.length === 0}
      onClick={() => void act("program.take", { program: "ekuiper", item: null })}
    >
      {words.takeAll}
    </Button>
  );
  const { rules } = head;
  if (!rules)
    return (
      <EmptyState icon="filter" says={words.rulesEmpty}>
        {take}
      </EmptyState>
    );
  return (
    <div className={styles.plan}>
      <div className={styles.planText}>
        <p className={styles.planTitle}>{words.wants}</p>
        <p>
          {words.rulesCount(number(language, rules.streams.length), number(language, rules.rules.length))}
        </p>
      </div>
      {take}
      <Button
        size="small"
        kind="quiet"
        onClick={() => void act("site.edit", { edit: { kind: "setRules", rules: null } })}
      >
        {words.drop}
      </Button>
    </div>
  );
}
