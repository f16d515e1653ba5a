import type { ProgramView } from "#contract/gatewayViews.ts";
import { useAct } from "../../../client/hooks.ts";
import { Button } from "../../../parts/Button.tsx";
import { Chip } from "../../../parts/Chip.tsx";
import { type Column, DataTable } from "../../../parts/DataTable.tsx";
import { useLanguage, useWords } from "../../../words/language.ts";
import { number } from "../../../words/numbers.ts";

type Item = ProgramView["items"][number];

/** Bridges, or streams and rules, a row each, with their state and their counts. */
export function ItemsTable({ view }: { readonly view: ProgramView }) {
  const words = useWords().beside;
  const language = useLanguage();
  const act = useAct();
  const program = view.key;
  const counted: readonly Column<Item>[] = (["sent", "received", "failed"] as const).map((key, index) => ({
    key,
    title: words.columns[key],
    width: "88px",
    align: "right",
    yields: 3 - index,
    cell: (row) => (row.counts ? number(language, row.counts[key]) : "–"),
  }));
  const columns: readonly Column<Item>[] = [
    {
      key: "name",
      title: words.columns.name,
      width: "minmax(120px, 1fr)",
      cell: (row) => (
        <>
          <b>{row.name}</b> {program === "ekuiper" && <span className="dim">{words.kinds[row.kind]}</span>}
        </>
      ),
    },
    {
      key: "state",
      title: words.columns.state,
      width: "152px",
      cell: (row) => (
        <Chip state={row.running === null ? "idle" : row.running ? "ok" : "bad"}>
          {row.running === null
            ? words.kept
            : row.kind === "bridge"
              ? row.running
                ? words.connected
                : words.notConnected
              : row.running
                ? words.ruleRuns
                : words.ruleStopped}
        </Chip>
      ),
    },
    {
      key: "text",
      title: words.columns.text,
      width: "minmax(160px, 2fr)",
      dim: true,
      cell: (row) => <span title={row.text}>{row.text}</span>,
    },
    ...(program === "nanomq" ? counted : []),
  ];
  return (
    <DataTable
      label={words.running}
      rows={view.items}
      columns={columns}
      rowKey={(row) => `${row.kind}\n${row.name}`}
      empty={words.none[program]}
      {...(program === "nanomq" && {
        actions: (row: Item) => (
          <Button
            size="small"
            kind="quiet"
            onClick={() => void act("program.take", { program, item: row.name })}
          >
            {words.take}
          </Button>
        ),
      })}
    />
  );
}
