import type { AppNode, DriverNode } from "../model.ts";
import { error, Refusal } from "../refusal.ts";
import { type Core, type Handlers, plain } from "./call.ts";
import { nodeState } from "./node.ts";

type Metric = readonly [name: string, help: string, kind: "gauge" | "counter", labels: string, value: number];

/** The main metrics, in the Prometheus text format. */
export const metricCalls: Handlers = {
  "GET metrics": (core, call) => {
    const category = call.query.get("category") ?? "global";
    const name = call.query.get("node");
    if (!["global", "driver", "app"].includes(category)) throw new Refusal(error.param);
    const nodes = name === null ? [...core.registry.nodes.values()] : [core.registry.node(name)];
    const metrics =
      category === "global"
        ? globalMetrics(core)
        : nodes
            .filter((node) => node.kind === category)
            .flatMap((node) => (node.kind === "driver" ? driverMetrics(core, node) : appMetrics(core, node)));
    return plain(metrics.map(printed).join(""), "text/plain");
  },
};

function printed([name, help, kind, labels, value]: Metric): string {
  return `# HELP ${name} ${help}\n# TYPE ${name} ${kind}\n${name}${labels} ${value}\n`;
}

function globalMetrics(core: Core): readonly Metric[] {
  const nodes = [...core.registry.nodes.values()];
  const linked = nodes.filter((node) => nodeState(core, node).link === 0);
  return [
    ["north_nodes_total", "Number of north nodes", "gauge", "", core.registry.apps.length],
    ["south_nodes_total", "Number of south nodes", "gauge", "", core.registry.drivers.length],
    ["disconnected_nodes_total", "Number of nodes without a link", "gauge", "", linked.length],
  ];
}

function nodeMetrics(core: Core, node: DriverNode | AppNode, labels: string): readonly Metric[] {
  const state = nodeState(core, node);
  return [
    ["node_type", "Driver(1) or APP(2)", "gauge", labels, node.kind === "driver" ? 1 : 2],
    ["link_state", "Node link state", "gauge", labels, state.link],
    ["running_state", "Node running state", "gauge", labels, state.running],
  ];
}

function driverMetrics(core: Core, node: DriverNode): readonly Metric[] {
  const labels = `{node="${node.name}"}`;
  const counts = core.runtime.driverOf(node)?.counts ?? { sent: 0, received: 0, reads: 0, readErrors: 0 };
  const tags = [...node.groups.values()].reduce((sum, group) => sum + group.tags.size, 0);
  return [
    ...nodeMetrics(core, node, labels),
    ["last_rtt_ms", "Round trip of the last request, ms", "gauge", labels, nodeState(core, node).rtt],
    ["send_bytes", "Bytes sent", "gauge", labels, counts.sent],
    ["recv_bytes", "Bytes received", "gauge", labels, counts.received],
    ["tags_total", "Tags of the node", "gauge", labels, tags],
    ["tag_reads_total", "Tag reads, failed ones too", "counter", labels, counts.reads],
    ["tag_read_errors_total", "Failed tag reads", "counter", labels, counts.readErrors],
    ...[...node.groups.values()].flatMap((group): Metric[] => {
      const own = `{node="${node.name}",group="${group.name}"}`;
      return [
        ["group_tags_total", "Tags of the group", "gauge", own, group.tags.size],
        ["group_last_timer_ms", "Length of the last round, ms", "gauge", own, group.lastRoundMs],
        ["group_last_error_code", "Last error of the group", "gauge", own, group.lastError?.number ?? 0],
        [
          "group_last_error_timestamp_ms",
          "Time of the last error, ms",
          "gauge",
          own,
          group.lastError?.at ?? 0,
        ],
      ];
    }),
  ];
}

function appMetrics(core: Core, node: AppNode): readonly Metric[] {
  const labels = `{node="${node.name}"}`;
  const counts = core.runtime.appOf(node)?.counts;
  return [
    ...nodeMetrics(core, node, labels),
    ["send_msgs_total", "Messages sent", "counter", labels, counts?.sent ?? 0],
    ["send_msg_errors_total", "Messages that could not be sent", "counter", labels, counts?.errors ?? 0],
    ["recv_msgs_total", "Messages received", "counter", labels, counts?.received ?? 0],
    ["cached_msgs", "Messages in the offline cache", "gauge", labels, counts?.cached ?? 0],
    ["last_600s_disconnections", "Lost connections", "gauge", labels, counts?.disconnections ?? 0],
  ];
}
