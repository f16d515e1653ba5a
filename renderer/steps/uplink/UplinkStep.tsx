import { useEffect, useRef, useState } from "react";
import type { SiteView } from "#contract/views.ts";
import { defaultUplink } from "#domain/site/newSite.ts";
import { isActive, useAct, useItem, useNewestJob } from "../../client/hooks.ts";
import { goTo } from "../../frame/place.ts";
import { Button } from "../../parts/Button.tsx";
import { Dot } from "../../parts/Chip.tsx";
import { EmptyState } from "../../parts/EmptyState.tsx";
import { Step, StepHead } from "../../parts/Step.tsx";
import { Tabs, useTab } from "../../parts/Tabs.tsx";
import { useWords } from "../../words/language.ts";
import { Advice } from "./advice/Advice.tsx";
import { DownlinkPart } from "./downlink/DownlinkPart.tsx";
import { WatchPart } from "./downlink/WatchPart.tsx";
import { StandInPanel } from "./standin/StandInPanel.tsx";
import { UplinkCheck } from "./UplinkCheck.tsx";
import { UplinkForm } from "./UplinkForm.tsx";
import styles from "./UplinkStep.module.css";
import { draftOfUplink, readUplink, sameUplink, type UplinkDraft } from "./uplinkDraft.ts";

/** The broker's settings at the left; the check of the whole way, and what else passes on it, at the right. */
export function UplinkStep() {
  const words = useWords().uplink;
  const site = useItem("site", "site");
  if (!site) {
    return (
      <Step head={<StepHead title={words.title} says={words.purpose} />}>
        <EmptyState icon="file" says={words.noSite}>
          <Button kind="primary" onClick={() => goTo("site")}>
            {words.goToSite}
          </Button>
        </EmptyState>
      </Step>
    );
  }
  return <UplinkOf key={site.head.id} head={site.head} />;
}

function UplinkOf({ head }: { readonly head: SiteView["head"] }) {
  const words = useWords().uplink;
  const act = useAct();
  const job = useNewestJob("uplink");
  const standIn = useNewestJob("standin");
  const tab = useTab("uplink");
  const [settingUp, setSettingUp] = useState(false);
  const [draft, setDraft] = useState<UplinkDraft>(() => startOf(head));
  const underWay = useRef<{ readonly asked: string; readonly done: Promise<unknown> }>(undefined);
  const saved = head.uplink;
  const running = isActive(job);
  const whole = readUplink(draft);

  // Undo, another tab or the training site may change it under the form.
  const text = JSON.stringify(saved);
  // biome-ignore lint/correctness/useExhaustiveDependencies: compared by its text
  useEffect(() => {
    underWay.current = undefined;
    if (saved !== null) setDraft(draftOfUplink(saved));
  }, [text]);

  async function keep(next: UplinkDraft): Promise<boolean> {
    const uplink = readUplink(next);
    if (uplink === undefined) return false;
    if (saved !== null && sameUplink(uplink, saved)) return true;
    // Leaving a field by pressing the check asks twice for the same; one edit is one step to undo.
    const asked = JSON.stringify(uplink);
    if (underWay.current?.asked !== asked) {
      underWay.current = { asked, done: act("site.edit", { edit: { kind: "setUplink", uplink } }) };
    }
    const done = (await underWay.current.done) !== undefined;
    if (!done) underWay.current = undefined;
    return done;
  }

  async function check(): Promise<void> {
    tab.choose("check");
    if (await keep(draft)) await act("job.uplink", {});
  }

  if (saved === null && !settingUp) {
    return (
      <Step head={<StepHead title={words.title} says={words.purpose} />}>
        <EmptyState icon="cloud" says={words.emptySays}>
          <Button kind="primary" onClick={() => setSettingUp(true)}>
            {words.setUp}
          </Button>
        </EmptyState>
      </Step>
    );
  }

  return (
    <Step
      head={
        <StepHead title={words.title} says={words.purpose}>
          <Button
            kind="primary"
            icon="play"
            disabled={running || whole === undefined}
            onClick={() => void check()}
          >
            {job ? words.checkAgain : words.check}
          </Button>
        </StepHead>
      }
    >
      <div className={styles.columns}>
        <div className={styles.form}>
          <UplinkForm head={head} draft={draft} onDraft={setDraft} onDone={(next) => void keep(next)} />
          <p className={styles.kept} role="status">
            {saved !== null && whole === undefined && words.notSaved}
            {saved !== null && whole !== undefined && sameUplink(whole, saved) && words.saved}
          </p>
        </div>
        <div className={styles.check}>
          <Tabs
            tab={tab}
            label={words.title}
            tabs={[
              { key: "check", title: words.tabs.check, content: <UplinkCheck job={job} /> },
              {
                key: "messages",
                title: words.tabs.messages,
                content: (
                  <>
                    <WatchPart />
                    <DownlinkPart />
                  </>
                ),
              },
              ...(saved !== null
                ? [
                    {
                      key: "standin",
                      title: words.tabs.standin,
                      mark: isActive(standIn) && <Dot state="ok" />,
                      content: <StandInPanel />,
                    },
                    { key: "advice", title: words.tabs.advice, content: <Advice /> },
                  ]
                : []),
            ]}
          />
        </div>
      </div>
    </Step>
  );
}

function startOf(head: SiteView["head"]): UplinkDraft {
  if (head.uplink !== null) return draftOfUplink(head.uplink);
  return { ...draftOfUplink(defaultUplink({ ...head, tags: [] })), host: "" };
}
