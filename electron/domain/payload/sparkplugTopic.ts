const kinds = ["NBIRTH", "NDEATH", "DBIRTH", "DDEATH", "NDATA", "DDATA", "NCMD", "DCMD"] as const;

/** Where a Sparkplug message belongs. */
export interface SparkplugTopic {
  readonly kind: (typeof kinds)[number];
  /** `group/edge node`: whose births, aliases and sequence it is */
  readonly node: string;
  /** `group/edge node[/device]` */
  readonly device: string;
}

/** The parts of `spBv1.0/group/kind/node[/device]`; undefined for another topic. */
export function sparkplugTopic(topic: string): SparkplugTopic | undefined {
  const [space, group, word, node, device, ...more] = topic.split("/");
  const kind = kinds.find((one) => one === word);
  if (space !== "spBv1.0" || !kind || !group || !node || more.length > 0) return undefined;
  if (kind.startsWith("D") === (device === undefined)) return undefined;
  return { kind, node: `${group}/${node}`, device: [group, node, device].filter(Boolean).join("/") };
}
