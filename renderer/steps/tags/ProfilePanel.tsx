import { useState } from "react";
import type { ProfileView } from "#contract/profileViews.ts";
import type { Line } from "#domain/site/site.ts";
import { useAct, useAnswer } from "../../client/hooks.ts";
import { Button } from "../../parts/Button.tsx";
import { StateIcon } from "../../parts/Chip.tsx";
import { Failures } from "../../parts/Failure.tsx";
import { FieldRow, NumberField, SelectField, TextField } from "../../parts/Fields.tsx";
import { showNotice } from "../../parts/notices.tsx";
import { useLanguage, useWords } from "../../words/language.ts";
import { number } from "../../words/numbers.ts";
import { ProfileList } from "./ProfileList.tsx";
import styles from "./ProfilePanel.module.css";
import { ProfilePoints } from "./ProfilePoints.tsx";
import type { ProfileChoice } from "./profileChoice.ts";

/** Tags from a device profile: which device, which unit of which line, which of its points. */
export function ProfilePanel(props: {
  readonly lines: readonly Line[];
  /** where the person was, or what another step chose */
  readonly start: Partial<ProfileChoice> & { readonly line: string };
  readonly onLeave: () => void;
}) {
  const words = useWords().tags.profile;
  const { answer, failures } = useAnswer("profiles.list", {});
  const [chosen, choose] = useState(props.start.profile);
  const profile = answer?.profiles.find((one) => one.id === chosen);
  return (
    <section className={styles.panel} aria-label={words.title}>
      <header className={styles.head}>
        <h2>{words.title}</h2>
        <Button onClick={props.onLeave}>{words.leave}</Button>
      </header>
      <Failures failures={[...failures, ...(answer?.problems ?? [])]} />
      <div className={styles.columns}>
        <ProfileList profiles={answer?.profiles ?? []} chosen={chosen} onChoose={choose} />
        {profile ? (
          <ChosenProfile key={profile.id} {...props} profile={profile} />
        ) : (
          <p className="dim">{words.choose}</p>
        )}
      </div>
    </section>
  );
}

/** One profile: where its unit is, what to know of it, its points, and the button that takes them. */
function ChosenProfile(props: {
  readonly profile: ProfileView;
  readonly lines: readonly Line[];
  readonly start: Partial<ProfileChoice> & { readonly line: string };
  readonly onLeave: () => void;
}) {
  const { profile, start } = props;
  const words = useWords().tags.profile;
  const language = useLanguage();
  const act = useAct();
  const [line, setLine] = useState(start.line);
  const [unit, setUnit] = useState(start.unit ?? profile.line.unit ?? 1);
  const [named, setNamed] = useState<string>();
  const group = named ?? `unit${unit}`;
  const [ticked, tick] = useState<ReadonlySet<string>>(new Set(profile.points.map((point) => point.id)));
  const [powers, setPowers] = useState<Readonly<Record<string, string>>>({});
  const [taking, setTaking] = useState(false);
  const factors = [...new Set(profile.points.map((point) => point.scaleFrom).filter((from) => from !== ""))];
  const input = {
    profile: profile.id,
    line,
    unit,
    group: group.trim() || "unit",
    points: profile.points.filter((point) => ticked.has(point.id)).map((point) => point.id),
    language,
    exponents: known(powers),
  };
  const { answer: shown, failures } = useAnswer("tags.fromProfile", { ...input, take: false });
  const count = shown?.tags.length ?? 0;
  const sources = profile.sources.map((one) =>
    [one.title, one.revision].filter((part) => part !== "").join(", "),
  );

  async function take(): Promise<void> {
    setTaking(true);
    const made = await act("tags.fromProfile", { ...input, take: true });
    setTaking(false);
    if (!made) return;
    showNotice(words.taken(number(language, made.taken)));
    props.onLeave();
  }

  return (
    <div className={styles.chosen}>
      <FieldRow>
        {props.lines.length > 1 && (
          <SelectField
            label={words.line}
            value={line}
            options={props.lines.map((one) => ({ value: one.id, label: one.name }))}
            onChange={setLine}
          />
        )}
        <NumberField label={words.unit} value={unit} min={1} max={247} onChange={setUnit} />
        <TextField label={words.group} value={group} onChange={setNamed} longest={64} />
      </FieldRow>
      {profile.cautions.map((caution) => (
        <p key={caution.en} className={styles.caution}>
          <StateIcon state="warn" /> {caution[language]}
        </p>
      ))}
      <Failures failures={failures} />
      {shown && (shown.problems.length > 0 || factors.length > 0) && (
        <details className={styles.left}>
          <summary>{words.left(number(language, shown.problems.length))}</summary>
          {factors.length > 0 && (
            <div className={styles.powers}>
              {factors.map((from) => (
                <TextField
                  key={from}
                  label={words.exponent(from)}
                  value={powers[from] ?? ""}
                  longest={3}
                  onChange={(power) => setPowers({ ...powers, [from]: power })}
                />
              ))}
            </div>
          )}
          <Failures failures={shown.problems.slice(0, 20)} />
        </details>
      )}
      <ProfilePoints profile={profile} ticked={ticked} onTick={tick} />
      <footer className={styles.foot}>
        <p className="dim" title={sources.join("\n")}>
          {words.source(sources[0] ?? "", sources.length - 1)}{" "}
          {words.proven(profile.goldenReads, profile.vendorReads)}
        </p>
        <Button kind="primary" busy={taking} disabled={count === 0} onClick={() => void take()}>
          {words.take(number(language, count))}
        </Button>
      </footer>
    </div>
  );
}

/** The powers of ten that were typed so far and can be one. */
function known(powers: Readonly<Record<string, string>>): Record<string, number> {
  const typed = Object.entries(powers).filter(
    ([, text]) => /^-?\d{1,2}$/.test(text) && Math.abs(Number(text)) <= 10,
  );
  return Object.fromEntries(typed.map(([from, text]) => [from, Number(text)]));
}
