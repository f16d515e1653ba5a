import { classes } from "../parts/classes.ts";
import { Icon } from "../parts/Icon.tsx";
import { type StepState, stepStates } from "../steps/stepStates.ts";
import { useStepFacts } from "../steps/useStepFacts.ts";
import { useLanguage, useWords, type Words } from "../words/language.ts";
import { number } from "../words/numbers.ts";
import { type StepName, steps, useStep } from "./place.ts";
import styles from "./Rail.module.css";

/** The steps at the left, each with how it stands. Order is advice: every one can be opened at any time. */
export function Rail() {
  const words = useWords().frame;
  const here = useStep();
  const states = stepStates(useStepFacts());
  return (
    <nav className={styles.rail} aria-label={words.stepsLabel}>
      {steps.map((step, at) => (
        <RailStep
          key={step}
          step={step}
          place={at + 1}
          isHere={step === here}
          state={states[step]}
          words={words}
        />
      ))}
    </nav>
  );
}

function RailStep(props: {
  readonly step: StepName;
  readonly place: number;
  readonly isHere: boolean;
  readonly state: StepState;
  readonly words: Words["frame"];
}) {
  const { state, words } = props;
  const language = useLanguage();
  const count = state.at === "count" || state.at === "attention" ? number(language, state.count) : "";
  const said =
    state.at === "attention"
      ? words.stepStates.attention(state.count)
      : state.at === "count"
        ? words.stepStates.count(count)
        : words.stepStates[state.at];
  return (
    <a
      href={`#/${props.step}`}
      className={classes(styles.step, props.isHere && styles.here)}
      aria-current={props.isHere ? "step" : undefined}
    >
      <span className={styles.place} aria-hidden="true">
        {props.place}
      </span>
      <span className={styles.name}>{words.steps[props.step]}</span>
      <span className="unseen">: {said}</span>
      <span className={classes(styles.state, styles[state.at])} title={said} aria-hidden="true">
        {state.at === "done" && <Icon name="check" />}
        {state.at === "work" && <Icon name="dots" />}
        {count}
        {state.at === "attention" && " !"}
      </span>
    </a>
  );
}
