import type { Line } from "#domain/site/site.ts";
import { useItems } from "../../client/hooks.ts";
import { StateIcon } from "../../parts/Chip.tsx";
import { useWords } from "../../words/language.ts";
import styles from "./Listening.module.css";

/** Says that values come by listening where another master polls a line. */
export function Listening({ lines }: { readonly lines: readonly Line[] }) {
  const words = useWords().tags;
  const links = useItems("links");
  const taken = lines.filter((line) =>
    links.some((link) => link.key === `line:${line.id}` && link.says.code === "link.taken"),
  );
  if (taken.length === 0) return null;
  return (
    <p className={styles.listening} role="status">
      <StateIcon state="warn" size={16} />
      <span>
        <strong>{words.listeningTitle}</strong> {words.listening(taken.map((line) => line.name).join(", "))}
      </span>
    </p>
  );
}
