import { useState } from "react";
import { useItem } from "../../../client/hooks.ts";
import { TextField } from "../../../parts/Fields.tsx";
import { Section } from "../../../parts/Step.tsx";
import { useWords } from "../../../words/language.ts";
import styles from "./Acceptance.module.css";
import { Checklists } from "./Checklists.tsx";
import { ChooseLists } from "./ChooseLists.tsx";
import { Points } from "./Points.tsx";
import { PunchList } from "./PunchList.tsx";
import { Signing } from "./Signing.tsx";
import { Standing } from "./Standing.tsx";

/** The acceptance test: what was judged, what is left, the punch list, and who signs. */
export function AcceptancePanel() {
  const words = useWords().acceptance;
  const view = useItem("acceptance", "acceptance");
  const engineer = useItem("site", "site")?.head.engineer ?? "";
  const [typed, setTyped] = useState<string>();
  const by = typed ?? engineer;
  if (view === undefined) return null;
  const { state } = view;
  if (state.plannedAt === null) {
    return (
      <Section title={words.title}>
        <div className={styles.start}>
          <p className="dim">{words.says}</p>
          <ChooseLists planned={[]} />
        </div>
      </Section>
    );
  }
  const isClosed = state.signatures.length > 0;
  return (
    <Section title={words.title}>
      <div className={styles.panel}>
        <Standing view={view} />
        <div className={styles.halves}>
          <div className={styles.half}>
            <Checklists state={state} by={by} isClosed={isClosed} />
            {!isClosed && <ChooseLists planned={state.checklists} />}
          </div>
          <div className={styles.half}>
            <div className={styles.tester}>
              <TextField
                label={words.tester}
                value={by}
                longest={127}
                hint={words.testerHint}
                disabled={isClosed}
                onChange={setTyped}
              />
            </div>
            <PunchList state={state} by={by} isClosed={isClosed} />
            <Points view={view} by={by} isClosed={isClosed} />
            <Signing state={state} by={by} />
          </div>
        </div>
      </div>
    </Section>
  );
}
