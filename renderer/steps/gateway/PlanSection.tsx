import type { CallOutput } from "#contract/contract.ts";
import { Button } from "../../parts/Button.tsx";
import { Chip } from "../../parts/Chip.tsx";
import { type Column, DataTable } from "../../parts/DataTable.tsx";
import { Failures } from "../../parts/Failure.tsx";
import { FileButton } from "../../parts/FileDrop.tsx";
import { Section } from "../../parts/Step.tsx";
import { useLanguage, useWords } from "../../words/language.ts";
import { number } from "../../words/numbers.ts";
import { DiffTable } from "./DiffTable.tsx";
import { useDrift } from "./useDrift.ts";

type Plan = CallOutput<"gateway.plan">;

/** How the site, and a bundle of it, differ from what runs: what applying would add, change and remove. */
export function PlanSection() {
  const words = useWords().gateway;
  const { drift, bundle, failures, asking, compare } = useDrift();
  const { plan, diff } = drift ?? {};
  const says = drift ? words.planSays : words.planEmpty;
  return (
    <Section
      title={words.plan}
      says={bundle ? words.planBundle(bundle.name) : says}
      actions={
        <>
          <FileButton
            size="small"
            icon="file"
            accept="*"
            disabled={asking}
            onFile={(file) => void compare(file)}
          >
            {words.planWithBundle}
          </FileButton>
          <Button size="small" icon="refresh" busy={asking} onClick={() => void compare(bundle)}>
            {asking ? words.planAsking : drift ? words.planAgain : words.planAsk}
          </Button>
        </>
      }
    >
      <Failures failures={failures} />
      {plan && <Failures failures={plan.problems} />}
      {plan?.equal && diff?.equal && (
        <Chip state="ok">{bundle ? words.planEqualBundle : words.planEqual}</Chip>
      )}
      {plan && changesOf(plan) > 0 && <PlanTable plan={plan} />}
      {diff && diff.rows.length > 0 && <DiffTable diff={diff} bundle={bundle !== undefined} />}
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
