import { classes } from "../../../parts/classes.ts";
import { useWords } from "../../../words/language.ts";
import styles from "./Findings.module.css";
import type { CellMark } from "./findingModel.ts";
import { SeverityIcon } from "./SeverityIcon.tsx";

/** A small drawing in the margin of a cell that something was found in; the text keeps its place. */
export function CellMarkIcon({ mark, left }: { readonly mark: CellMark; readonly left: boolean }) {
  const words = useWords().tagWork.findings;
  return (
    <span className={classes(styles.mark, left && styles.markLeft)}>
      <SeverityIcon severity={mark.severity} size={9} />
      <span className="unseen">{words.severity[mark.severity]}</span>
    </span>
  );
}
