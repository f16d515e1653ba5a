import type { Severity } from "#domain/lint/finding.ts";
import { Icon, type IconName } from "../../../parts/Icon.tsx";
import styles from "./Findings.module.css";

const icons: Readonly<Record<Severity, IconName>> = { error: "cross", warning: "warn", notice: "idle" };

/** How bad a finding is, as a drawing; its word stands beside it or in its tooltip. */
export function SeverityIcon({
  severity,
  size = 13,
}: {
  readonly severity: Severity;
  readonly size?: number;
}) {
  return (
    <span className={styles[severity]}>
      <Icon name={icons[severity]} size={size} />
    </span>
  );
}
