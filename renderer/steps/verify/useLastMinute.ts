import { useEffect } from "react";
import type { TopicItem } from "#contract/contract.ts";
import { useWorkbench } from "../../client/hooks.ts";
import { createLastMinute, type LastMinute } from "./lastMinute.ts";

type Source = "live" | "verify";

const kept = new WeakMap<object, LastMinute>();

const numberOf: {
  readonly [S in Source]: (item: TopicItem<S>) => { at: number; number: number | null } | null;
} = {
  live: (item) => item,
  verify: (item) => item.wire,
};

/** What a topic's tags read over the last minute, gathered while the step is shown and kept when it is left. */
export function useLastMinute<S extends Source>(source: S): LastMinute {
  const store = useWorkbench().store(source);
  let minute = kept.get(store);
  if (minute === undefined) {
    minute = createLastMinute();
    kept.set(store, minute);
  }
  const into = minute;
  useEffect(() => {
    const gather = () => {
      for (const item of store.items()) {
        const reading = numberOf[source](item);
        if (reading !== null && reading.number !== null) into.record(item.key, reading.at, reading.number);
      }
    };
    gather();
    return store.subscribe(gather);
  }, [store, source, into]);
  return into;
}
