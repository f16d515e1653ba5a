import { classes } from "../../parts/classes.ts";
import { Icon, type IconName } from "../../parts/Icon.tsx";
import { useLanguage, useWords } from "../../words/language.ts";
import { number } from "../../words/numbers.ts";
import styles from "./ApplyPanel.module.css";
import { type Plan, type PlanKind, planKinds } from "./plan.ts";

const icons: Readonly<Record<PlanKind, IconName>> = { add: "plus", change: "pencil", remove: "minus" };
const colours: Readonly<Record<PlanKind, string>> = { add: "ok", change: "warn", remove: "bad" };

/** What would be added, changed and removed, side by side: how many, and the nodes by name. */
export function PlanTable({ plan }: { readonly plan: Plan }) {
  const words = useWords().handover.apply;
  const language = useLanguage();
  return (
    <div className={styles.plan}>
      {planKinds.map((kind) => {
        const nodes = plan.nodes[kind];
        const tags = plan.tags[kind];
        const none = nodes.length === 0 && tags === 0;
        return (
          <section
            key={kind}
            className={classes(styles.kind, none && styles.nothing)}
            aria-label={words[kind]}
          >
            <h3 className={none ? undefined : colours[kind]}>
              <Icon name={icons[kind]} size={14} />
              {words[kind]}
            </h3>
            <dl>
              <div>
                <dt>{words.tags}</dt>
                <dd>{tags === 0 ? words.none : number(language, tags)}</dd>
              </div>
              <div>
                <dt>{words.nodes}</dt>
                <dd>{nodes.length === 0 ? words.none : number(language, nodes.length)}</dd>
              </div>
            </dl>
            {nodes.length > 0 && (
              <ul>
                {nodes.map((node) => (
                  <li key={node} className="mono">
                    {node}
                  </li>
                ))}
              </ul>
            )}
          </section>
        );
      })}
    </div>
  );
}
