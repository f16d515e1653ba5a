import type { GatewayView } from "#contract/views.ts";
import { Chip } from "../../parts/Chip.tsx";
import { type Column, DataTable, Quantity } from "../../parts/DataTable.tsx";
import { useLanguage, useWords } from "../../words/language.ts";
import { number } from "../../words/numbers.ts";
import type { NodeCounts } from "./useCounts.ts";

export type GatewayNode = GatewayView["nodes"][number];

/** Neuron's word for a round trip that never was. */
const never = 9999;

/** What runs on the gateway, a node a row. */
export function NodesTable(props: {
  readonly nodes: readonly GatewayNode[];
  readonly counts: ReadonlyMap<string, NodeCounts>;
  readonly selected: string | undefined;
  readonly onSelect: (node: string) => void;
}) {
  const words = useWords().gateway;
  const language = useLanguage();
  const columns: readonly Column<GatewayNode>[] = [
    {
      key: "node",
      title: words.columns.node,
      width: "minmax(96px, 1.2fr)",
      cell: (row) => <b>{row.node}</b>,
    },
    {
      key: "plugin",
      title: words.columns.plugin,
      yields: 1,
      width: "minmax(110px, 1fr)",
      dim: true,
      cell: (row) => row.plugin,
    },
    {
      key: "state",
      title: words.columns.state,
      width: "112px",
      cell: (row) => (
        <Chip state={row.running === 3 ? "ok" : row.running === 4 ? "warn" : "idle"}>
          {words.running[row.running] ?? row.running}
        </Chip>
      ),
    },
    {
      key: "link",
      title: words.columns.link,
      width: "104px",
      cell: (row) => (
        <Chip state={row.link === 1 ? "ok" : "bad"}>{row.link === 1 ? words.linked : words.notLinked}</Chip>
      ),
    },
    {
      key: "rtt",
      title: words.columns.rtt,
      width: "92px",
      align: "right",
      cell: (row) => <Quantity value={row.rtt === never ? undefined : number(language, row.rtt)} unit="ms" />,
    },
    {
      key: "errors",
      yields: 3,
      title: words.columns.errors,
      width: "84px",
      align: "right",
      cell: (row) => {
        const { readErrors, sendErrors } = props.counts.get(row.node) ?? {};
        const failed = readErrors ?? sendErrors ?? null;
        return failed === null ? "–" : number(language, failed);
      },
    },
    {
      key: "groups",
      yields: 2,
      title: words.columns.groups,
      width: "68px",
      align: "right",
      cell: (row) => number(language, row.groups),
    },
    {
      key: "tags",
      title: words.columns.tags,
      width: "68px",
      align: "right",
      cell: (row) => number(language, row.tags),
    },
  ];
  return (
    <DataTable
      label={words.nodes}
      rows={props.nodes}
      columns={columns}
      rowKey={(row) => row.node}
      selected={props.selected}
      onSelect={(row) => props.onSelect(row.node)}
      empty={words.nodesEmpty}
    />
  );
}
