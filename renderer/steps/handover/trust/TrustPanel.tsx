import { Chip } from "../../../parts/Chip.tsx";
import { Failure } from "../../../parts/Failure.tsx";
import { FileButton, FileDrop } from "../../../parts/FileDrop.tsx";
import { Section } from "../../../parts/Step.tsx";
import { useWords } from "../../../words/language.ts";
import { ChainFacts } from "./ChainFacts.tsx";
import { KeyCard } from "./KeyCard.tsx";
import { OwnerTools } from "./OwnerTools.tsx";
import { PairGateway } from "./PairGateway.tsx";
import styles from "./TrustPanel.module.css";
import { useTrust } from "./useTrust.ts";

/** Who signs here, who lets them, and which gateway the bundles of this site are for. */
export function TrustPanel() {
  const words = useWords().trust;
  const trust = useTrust();
  const shown = trust.trust;
  if (shown === undefined) return null;
  const own = shown.keys.find(({ role }) => role === "technician");
  const isGood = shown.problems.length === 0;
  const isStarted = shown.organisation !== null || shown.technician !== null;
  const state = isGood ? "ok" : isStarted ? "bad" : "idle";
  return (
    <FileDrop says={words.drop} onFile={(file) => void trust.take(file)}>
      <Section
        title={words.title}
        says={<Chip state={state}>{isGood ? words.good : isStarted ? words.bad : words.none}</Chip>}
      >
        <p className={styles.says}>{words.says}</p>
        {isStarted && !isGood && (
          <div className={styles.problems}>
            {shown.problems.map((problem) => (
              <Failure key={JSON.stringify(problem)} failure={problem} plain />
            ))}
          </div>
        )}
        <div className={styles.columns}>
          <div className={styles.panel}>
            <KeyCard
              of="technician"
              view={own}
              lasting={shown.lasting}
              onMake={() => void trust.makeKey("technician")}
            />
            {isStarted ? <ChainFacts trust={shown} /> : <p className={styles.note}>{words.howToStart}</p>}
            <div className={styles.buttons}>
              <FileButton icon="upload" accept=".dsse" onFile={(file) => void trust.take(file)}>
                {words.take}
              </FileButton>
            </div>
          </div>
          <div className={styles.panel}>
            <PairGateway trust={trust} gateway={shown.gateway} />
            <OwnerTools trust={trust} view={shown} />
          </div>
        </div>
      </Section>
    </FileDrop>
  );
}
