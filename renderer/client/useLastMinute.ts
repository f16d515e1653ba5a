import { useEffect } from "react";
import { useWorkbench } from "./hooks.ts";
import { createLastMinute, type LastMinute } from "./lastMinute.ts";

const kept = new WeakMap<object, LastMinute>();

/** What the tags read on the wire over the last minute, gathered while a step is shown and kept when it is left. */
export function useLastMinute(): LastMinute {
  const store = useWorkbench().store("live");
  let minute = kept.get(store);
  if (minute === undefined) {
    minute = createLastMinute();
    kept.set(store, minute);
  }
  const into = minute;
  useEffect(() => {
    const gather = (keys: readonly string[]) => {
      for (const key of keys) {
        const live = store.get(key);
        if (live && live.number !== null) into.record(key, live.at, live.number);
      }
    };
    gather(store.items().map((live) => live.key));
    return store.subscribe(gather);
  }, [store, into]);
  return into;
}
