import { useState } from "react";
import type { CallOutput } from "#contract/contract.ts";
import { useAnswer } from "../../client/hooks.ts";
import { Button } from "../../parts/Button.tsx";
import { Chip } from "../../parts/Chip.tsx";
import { type Column, DataTable } from "../../parts/DataTable.tsx";
import { Failures } from "../../parts/Failure.tsx";
import { Section } from "../../parts/Step.tsx";
import { useLanguage, useWords } from "../../words/language.ts";
import { number } from "../../words/numbers.ts";
import { DiffTable } from "./DiffTable.tsx";

type Plan = CallOutput<"gateway.plan">;

/** How the site differs from what runs: what applying would add, change and remove. */
export function PlanSection() {
  const words = useWords().gateway;
  const [wanted, setWanted] = useState(false);
  const { answer, failures, asking, again } = useAnswer("gateway.plan", wanted ? {} : undefined);
  const diff = useAnswer("gateway.diff", wanted ? { uploadId: null } : undefined);
  const compare = () => {
    setWanted(true);
    if (!wanted) return;
    again();
    diff.again();
  };
  return (
    <Section
      title={words.plan}
      says={wanted ? words.planSays : words.planEmpty}
      actions={
        <Button size="small" icon="refresh" busy={asking} onClick={compare}>
          {asking ? words.planAsking : wanted ? words.planAgain : words.planAsk}
        </Button>
      }
    >
      <Failures failures={failures} />
      {answer && <Failures failures={answer.problems} />}
      {answer?.equal && <Chip state="ok">{words.planEqual}</Chip>}
      {answer && changesOf(answer) > 0 && <PlanTable plan={answer} />}
      {diff.answer && diff.answer.rows.length > 0 && <DiffTable diff={diff.answer} />}
    </Section>
  );
}

function changesOf({ nodes, tags }: Plan): number {
  return nodes.add.length + nodes.change.length + nodes.remove.length + tags.add + tags.change + tags.remove;
}

interface PlanRow {
  readonly key: string;
  readonly what: string;
  readonly add: string;
  readonly change: string;
  readonly remove: string;
}

function PlanTable({ plan }: { readonly plan: Plan }) {
  const words = useWords().gateway;
  const language = useLanguage();
  const count = (value: number) => (value === 0 ? "" : number(language, value));
  const rows: readonly PlanRow[] = [
    {
      key: "nodes",
      what: words.planNodes,
      add: plan.nodes.add.join(", "),
      change: plan.nodes.change.join(", "),
      remove: plan.nodes.remove.join(", "),
    },
    {
      key: "tags",
      what: words.planTags,
      add: count(plan.tags.add),
      change: count(plan.tags.change),
      remove: count(plan.tags.remove),
    },
  ];
  const columns: readonly Column<PlanRow>[] = [
    { key: "what", title: words.planColumns.what, width: "90px", cell: (row) => <b>{row.what}</b> },
    { key: "add", title: words.planColumns.add, width: "1fr", cell: (row) => row.add || "–" },
    { key: "change", title: words.planColumns.change, width: "1fr", cell: (row) => row.change || "–" },
    {
      key: "remove",
      title: words.planColumns.remove,
      width: "1fr",
      cell: (row) => (row.remove ? <span className="bad">{row.remove}</span> : "–"),
    },
  ];
  return <DataTable label={words.plan} rows={rows} columns={columns} rowKey={(row) => row.key} />;
}
