import type { GatewayView } from "#contract/views.ts";
import { type Fact, Facts, Inspector, InspectorPart } from "../../parts/Inspector.tsx";
import { useWords } from "../../words/language.ts";
import { NodeLive } from "./NodeLive.tsx";
import type { GatewayNode } from "./NodesTable.tsx";
import type { NodeCounts } from "./useCounts.ts";

/** The chosen node and what to try; the gateway itself when none is chosen. */
export function GatewayInspector(props: {
  readonly gateway: GatewayView;
  readonly node: GatewayNode | undefined;
  readonly counts: NodeCounts | undefined;
}) {
  const { gateway: words, parts } = useWords();
  const { gateway, node } = props;
  if (node) {
    const says =
      node.running !== 3 ? words.nodeTryStopped : node.link === 1 ? words.nodeFine : words.nodeTryLink;
    return (
      <Inspector title={words.node(node.node)}>
        <InspectorPart title={node.running === 3 && node.link === 1 ? parts.details : parts.tryThis}>
          <p className="dim">{says}</p>
        </InspectorPart>
        <Facts
          facts={[
            { name: words.columns.plugin, value: node.plugin },
            { name: words.columns.state, value: words.running[node.running] ?? node.running },
            { name: words.columns.link, value: node.link === 1 ? words.linked : words.notLinked },
          ]}
        />
        {props.counts && <NodeLive counts={props.counts} />}
      </Inspector>
    );
  }
  const facts: readonly Fact[] = [
    { name: words.url, value: gateway.url, mono: true },
    { name: words.user, value: gateway.user },
    {
      name: words.digest,
      value: <span title={gateway.digest}>{gateway.digest.slice(0, 12) || "–"}</span>,
      mono: true,
    },
  ];
  return (
    <Inspector title={words.about}>
      <InspectorPart>
        <p className="dim">{words.snapshotSays}</p>
      </InspectorPart>
      <Facts facts={facts} />
      <InspectorPart title={words.plugins}>
        <p className="dim">{gateway.plugins.join(" · ")}</p>
      </InspectorPart>
    </Inspector>
  );
}
