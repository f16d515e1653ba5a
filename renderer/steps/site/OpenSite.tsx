import type { SiteView } from "#contract/views.ts";
import { settingsText } from "#domain/site/settingsText.ts";
import { useAct, useItem, useItems } from "../../client/hooks.ts";
import { goTo, type StepName } from "../../frame/place.ts";
import { Button, IconButton } from "../../parts/Button.tsx";
import { Chip, type State } from "../../parts/Chip.tsx";
import { type Column, DataTable } from "../../parts/DataTable.tsx";
import { Failure } from "../../parts/Failure.tsx";
import { Section, Step, StepHead } from "../../parts/Step.tsx";
import { useLanguage, useWords } from "../../words/language.ts";
import { number } from "../../words/numbers.ts";
import { nextStep, stepStates } from "../stepStates.ts";
import { useStepFacts } from "../useStepFacts.ts";
import { DescribeSite } from "./DescribeSite.tsx";
import { EvidenceInspector } from "./EvidenceInspector.tsx";

/** What is known of the open site: who and where, what it holds, and its evidence. */
export function OpenSite({ site }: { readonly site: SiteView }) {
  const { site: words, frame } = useWords();
  const next = nextStep(stepStates(useStepFacts()));
  const act = useAct();
  const session = useItem("session", "session");
  return (
    <Step
      head={
        <StepHead title={words.title} says={site.head.training ? words.trainingRunning : words.says}>
          {site.head.training && session?.trainingRunning && <Chip state="ok">{words.training}</Chip>}
          <IconButton
            size="large"
            icon="undo"
            label={words.undo}
            disabled={!site.canUndo}
            onClick={() => void act("site.undo", {})}
          />
          <IconButton
            size="large"
            icon="redo"
            label={words.redo}
            disabled={!site.canRedo}
            onClick={() => void act("site.redo", {})}
          />
          <Button onClick={() => void act("site.close", {})}>{words.close}</Button>
          {next && (
            <Button kind="primary" onClick={() => goTo(next)}>
              {words.go(frame.steps[next])}
            </Button>
          )}
        </StepHead>
      }
      inspector={<EvidenceInspector site={site} />}
    >
      {site.notice && <Failure failure={site.notice} />}
      <DescribeSite key={site.path} head={site.head} />
      <Contents site={site} />
    </Step>
  );
}

interface Part {
  readonly step: StepName;
  readonly what: string;
  readonly count: string;
  readonly says: string;
  readonly state: State;
}

function Contents({ site }: { readonly site: SiteView }) {
  const { site: words, frame } = useWords();
  const language = useLanguage();
  const tags = useItems("tags").length;
  const gateway = useItem("gateway", "gateway");
  const { lines, groups, uplink } = site.head;
  const units = lines.reduce((sum, line) => sum + line.units.length, 0);
  const mark = (isThere: boolean): State => (isThere ? "ok" : "idle");
  const parts: readonly Part[] = [
    {
      step: "gateway",
      what: words.contentsOf.gateway,
      count: "",
      says: site.head.gateway?.url ?? frame.noGateway,
      state: gateway ? "ok" : "idle",
    },
    {
      step: "line",
      what: words.contentsOf.lines,
      count: number(language, lines.length),
      says: lines
        .map((line) => `${line.name} ${line.kind === "serial" ? settingsText(line.settings) : line.host}`)
        .join(" · "),
      state: mark(lines.length > 0),
    },
    {
      step: "line",
      what: words.contentsOf.units,
      count: number(language, units),
      says: lines
        .flatMap((line) => line.units)
        .map((unit) => unit.name || unit.number)
        .join(" · "),
      state: mark(units > 0),
    },
    {
      step: "tags",
      what: words.contentsOf.tags,
      count: number(language, tags),
      says: groups.map((group) => `${group.name} ${group.intervalMs} ms`).join(" · "),
      state: mark(tags > 0),
    },
    {
      step: "uplink",
      what: words.contentsOf.uplink,
      count: "",
      says: uplink ? `${uplink.host}:${uplink.port}` : frame.noUplink,
      state: mark(uplink !== null),
    },
  ];
  const columns: readonly Column<Part>[] = [
    { key: "what", title: words.columns.what, width: "120px", cell: (part) => <b>{part.what}</b> },
    { key: "count", title: words.columns.count, width: "90px", align: "right", cell: (part) => part.count },
    {
      key: "says",
      title: words.columns.state,
      width: "minmax(0, 1fr)",
      dim: true,
      cell: (part) => part.says || "–",
    },
  ];
  return (
    <Section title={words.contents}>
      <DataTable
        label={words.contents}
        rows={parts}
        columns={columns}
        rowKey={(part) => part.what}
        onOpen={(part) => goTo(part.step)}
        actions={(part) => (
          <Button size="small" kind="quiet" onClick={() => goTo(part.step)}>
            {words.go(frame.steps[part.step])}
          </Button>
        )}
      />
    </Section>
  );
}
