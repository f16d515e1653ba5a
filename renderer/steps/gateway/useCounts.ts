import { useEffect, useState } from "react";
import type { CallOutput } from "#contract/contract.ts";
import { useItem, useWorkbench } from "../../client/hooks.ts";

export type NodeCounts = CallOutput<"gateway.counts">["nodes"][number];

const everyMs = 3000;

/**
 * What the gateway's nodes did, asked for again and again while the step is in sight. While the gateway is away nobody
 * asks, and what was told last stays: the link says already that it is away.
 */
export function useCounts(): ReadonlyMap<string, NodeCounts> {
  const workbench = useWorkbench();
  const isThere = useItem("links", "gateway")?.state === "ok";
  const [counts, setCounts] = useState<ReadonlyMap<string, NodeCounts>>(new Map());
  useEffect(() => {
    if (!isThere) return;
    const stop = new AbortController();
    let timer: ReturnType<typeof setTimeout> | undefined;
    async function ask(): Promise<void> {
      try {
        const { nodes } = await workbench.call("gateway.counts", {}, stop.signal);
        if (!stop.signal.aborted) setCounts(new Map(nodes.map((node) => [node.node, node])));
      } catch {
        // Counters are beside the point where the gateway does not answer at all.
      }
      if (!stop.signal.aborted) timer = setTimeout(() => void ask(), everyMs);
    }
    void ask();
    return () => {
      stop.abort();
      clearTimeout(timer);
    };
  }, [workbench, isThere]);
  return counts;
}
