import { useConnection } from "../client/hooks.ts";
import { Button } from "../parts/Button.tsx";
import { StateIcon } from "../parts/Chip.tsx";
import { useWords } from "../words/language.ts";
import styles from "./ConnectionBar.module.css";

/** A calm bar while the page has lost its workbench; nothing when all is well. */
export function ConnectionBar() {
  const words = useWords().frame;
  const connection = useConnection();
  if (connection === "open" || connection === "connecting") return null;
  const outdated = connection === "outdated";
  return (
    <div className={styles.bar} role="status">
      <StateIcon state={outdated ? "warn" : "busy"} />
      <strong>{outdated ? words.outdated : words.reconnecting}</strong>
      {!outdated && <span>{words.reconnectingSays}</span>}
      {outdated && (
        <Button size="small" onClick={() => location.reload()}>
          {words.reload}
        </Button>
      )}
    </div>
  );
}
