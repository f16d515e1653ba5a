import type { Line } from "#domain/site/site.ts";
import { useItems } from "../../client/hooks.ts";
import { StateIcon } from "../../parts/Chip.tsx";
import { useWords } from "../../words/language.ts";
import styles from "./Listening.module.css";

const heard: readonly string[] = ["link.taken", "link.polled"];

/** Says that values come by listening where the gateway, or a master nobody expected, polls a line. */
export function Listening({ lines }: { readonly lines: readonly Line[] }) {
  const words = useWords().tags;
  const links = useItems("links");
  const linkOf = (line: Line) => links.find((link) => link.key === `line:${line.id}`);
  const taken = lines.filter((line) => heard.includes(linkOf(line)?.says.code ?? ""));
  if (taken.length === 0) return null;
  const isOurs = taken.every((line) => linkOf(line)?.says.code === "link.polled");
  return (
    <p className={styles.listening} role="status">
      <StateIcon state={isOurs ? "ok" : "warn"} size={16} />
      <span>
        <strong>{isOurs ? words.polledTitle : words.listeningTitle}</strong>{" "}
        {words.listening(taken.map((line) => line.name).join(", "))}
      </span>
    </p>
  );
}
