import type { CallOutput } from "#contract/contract.ts";
import type { Language } from "#contract/words/say.ts";
import { useAct } from "../../../client/hooks.ts";
import { Button, IconButton } from "../../../parts/Button.tsx";
import { Chip, type State } from "../../../parts/Chip.tsx";
import { classes } from "../../../parts/classes.ts";
import { useLanguage, useWords } from "../../../words/language.ts";
import { duration, number } from "../../../words/numbers.ts";
import { useBusPlan } from "../freshAnswer.ts";
import styles from "./BusTime.module.css";

type LineBudget = CallOutput<"tags.plan">["lines"][number];
type GroupBudget = LineBudget["groups"][number];

const chips: Readonly<Record<GroupBudget["state"], State>> = { fits: "ok", late: "warn", over: "bad" };

const rank: Readonly<Record<GroupBudget["state"], number>> = { over: 0, late: 1, fits: 2 };
const worst = (groups: readonly GroupBudget[]) => Math.min(...groups.map(({ state }) => rank[state]));

/** A strip above the table: per line and group, how much of its interval one round of reads takes, and what to change. */
export function BusTime({ onClose }: { readonly onClose: () => void }) {
  const words = useWords().tagWork.bus;
  const plan = useBusPlan();
  const lines = plan?.lines
    .filter((line) => line.groups.length > 0)
    .toSorted((a, b) => worst(a.groups) - worst(b.groups));
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keyboard
    <section className={styles.strip} aria-label={words.title} tabIndex={0}>
      <header className={styles.head}>
        <h2>{words.title}</h2>
        <span className="dim">{words.says}</span>
        <IconButton icon="cross" label={words.close} onClick={onClose} />
      </header>
      {lines?.length === 0 && <p className="dim">{words.none}</p>}
      {lines?.map((line) => (
        <LineBars key={line.line} line={line} />
      ))}
    </section>
  );
}

function LineBars({ line }: { readonly line: LineBudget }) {
  const words = useWords().tagWork.bus;
  const language = useLanguage();
  const { gateway, own, measured } = line;
  const cost = (one: LineBudget["own"]) =>
    [number(language, one.reads), duration(language, one.cycleMs)] as const;
  return (
    <div className={styles.line}>
      <p
        className={styles.lineHead}
        title={measured.length > 0 ? words.measured(measured.length) : words.assumed}
      >
        <strong>{line.name}</strong>
        <span className={line.load > 1 ? "bad" : undefined}>
          {words.load(number(language, 100 * line.load, line.load < 0.1 ? 1 : 0))}
        </span>
        <span className="dim">{words.round(...cost(gateway))}</span>
        <span className="dim">{words.own(...cost(own))}</span>
      </p>
      <ul className={line.groups.some(({ advice }) => advice !== null) ? styles.advised : undefined}>
        {line.groups
          .toSorted((a, b) => rank[a.state] - rank[b.state])
          .map((group) => (
            <GroupBar key={group.group} line={line.line} group={group} />
          ))}
      </ul>
    </div>
  );
}

function GroupBar({ line, group }: { readonly line: string; readonly group: GroupBudget }) {
  const words = useWords().tagWork.bus;
  const language = useLanguage();
  const act = useAct();
  const { intervalMs, gateway, own, state, advice } = group;
  const time = (ms: number) => duration(language, ms);
  const share = (ms: number) => `${Math.min(100, (100 * ms) / intervalMs)}%`;
  const says = words.bar(time(gateway.cycleMs), time(intervalMs));
  const better = advice?.intervalMs ?? null;
  const others = [
    ...(advice?.mostTags ? [words.orTags(number(language, advice.mostTags))] : []),
    ...(advice?.baudRate ? [words.orBaud(String(advice.baudRate))] : []),
  ];
  return (
    <li className={styles.group}>
      <span className={styles.name} title={group.group}>
        {group.group}
      </span>
      <span className={styles.track} aria-hidden="true" title={says}>
        <i className={classes(styles.gateway, styles[state])} style={{ width: share(gateway.cycleMs) }} />
        <i className={styles.own} style={{ width: share(own.cycleMs) }} />
      </span>
      <span className={styles.used}>{says}</span>
      <span className={styles.ownCost} title={words.own(String(own.reads), time(own.cycleMs))}>
        {words.ownTitle} {time(own.cycleMs)}
      </span>
      <Chip state={chips[state]}>{words.states[state]}</Chip>
      {advice !== null && (
        <span className={styles.advice}>
          {better !== null && (
            <Button
              size="small"
              label={words.setOf(group.group, exact(language, better))}
              hint={state === "over" ? words.really(time(group.periodMs)) : ""}
              onClick={() =>
                void act("site.edit", {
                  edit: { kind: "setInterval", line, group: group.group, intervalMs: better },
                })
              }
            >
              {words.set(exact(language, better))}
            </Button>
          )}
          {others.length > 0 && (
            <span className="dim" title={others.join(", ")}>
              {others.join(", ")}
            </span>
          )}
        </span>
      )}
    </li>
  );
}

/** A rounded time on a button would set another interval than it says. */
function exact(language: Language, ms: number): string {
  if (ms < 1000) return duration(language, ms);
  return `${number(language, ms / 1000, 3)} ${language === "zh" ? "秒" : "s"}`;
}
