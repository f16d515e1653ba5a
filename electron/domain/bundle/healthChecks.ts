import type { NeuronConfig } from "../gateway/neuronConfig.ts";
import type { HealthCheck } from "./manifest.ts";

/** What must hold once this configuration runs: all of it is there, each driver is linked, each group reads a tag. */
export function healthChecksOf(config: NeuronConfig): readonly HealthCheck[] {
  const tags = config.tags.reduce((sum, group) => sum + group.tags.length, 0);
  const apps = new Set(config.nodes.filter(({ plugin }) => plugin === "MQTT").map(({ name }) => name));
  const drivers = config.nodes.map(({ name }) => name).filter((name) => !apps.has(name));
  const read = config.tags.filter((group) => group.tags.some((tag) => tag.attribute & 1));
  return [
    { check: "counts", nodes: config.nodes.length, groups: config.groups.length, tags },
    ...drivers.map((node) => ({ check: "node", node }) as const),
    ...read.map(({ driver, group }) => ({ check: "group", node: driver, group, good: 1 }) as const),
  ];
}
