import { createContext, use, useCallback, useEffect, useMemo, useState, useSyncExternalStore } from "react";
import type { CallInput, CallName, CallOutput, TopicItem, TopicName } from "#contract/contract.ts";
import type { FailureView, JobDetail, JobView } from "#contract/views.ts";
import { showFailures } from "../parts/notices.tsx";
import { type Connection, failuresIn, type Workbench } from "./workbench.ts";

export const WorkbenchContext = createContext<Workbench | null>(null);

export function useWorkbench(): Workbench {
  const workbench = use(WorkbenchContext);
  if (!workbench) throw new Error("no workbench above this component");
  return workbench;
}

/** One item of a topic; the component draws again only when that item changes. */
export function useItem<N extends TopicName>(topic: N, key: string): TopicItem<N> | undefined {
  const workbench = useWorkbench();
  const store = workbench.store(topic);
  useEffect(() => workbench.follow(topic), [workbench, topic]);
  const subscribe = useCallback((listener: () => void) => store.subscribeKey(key, listener), [store, key]);
  return useSyncExternalStore(subscribe, () => store.get(key));
}

/** All items of a topic, the same array until one changes. */
export function useItems<N extends TopicName>(topic: N): readonly TopicItem<N>[] {
  const workbench = useWorkbench();
  const store = workbench.store(topic);
  useEffect(() => workbench.follow(topic), [workbench, topic]);
  return useSyncExternalStore(store.subscribe, store.items);
}

/** True once the topic's first snapshot is here. */
export function useReady(topic: TopicName): boolean {
  const workbench = useWorkbench();
  const store = workbench.store(topic);
  useEffect(() => workbench.follow(topic), [workbench, topic]);
  return useSyncExternalStore(store.subscribe, store.ready);
}

export function useConnection(): Connection {
  const workbench = useWorkbench();
  return useSyncExternalStore(workbench.onConnection, workbench.connection);
}

/**
 * Does what a person asked for: `act("site.undo", {})`. Answers the output, or undefined after showing what failed.
 */
export type Act = <N extends CallName>(name: N, input: CallInput<N>) => Promise<CallOutput<N> | undefined>;

export function useAct(): Act {
  const workbench = useWorkbench();
  return useCallback(
    async (name, input) => {
      try {
        return await workbench.call(name, input);
      } catch (error) {
        showFailures(failuresIn(error));
        return undefined;
      }
    },
    [workbench],
  );
}

export type JobKind = JobDetail["kind"];
export type JobOf<K extends JobKind> = JobView & { readonly detail: Extract<JobDetail, { kind: K }> };

/** The newest job of a kind, whatever its state. */
export function useNewestJob<K extends JobKind>(kind: K): JobOf<K> | undefined {
  const jobs = useItems("jobs");
  return useMemo(() => newestJob(jobs, kind), [jobs, kind]);
}

export function newestJob<K extends JobKind>(jobs: readonly JobView[], kind: K): JobOf<K> | undefined {
  let newest: JobView | undefined;
  for (const job of jobs) {
    if (job.detail.kind === kind && (!newest || job.startedAt >= newest.startedAt)) newest = job;
  }
  return newest as JobOf<K> | undefined;
}

export function isActive(job: JobView | undefined): boolean {
  return job?.state === "running" || job?.state === "stopping";
}

/**
 * A call made when the component appears and again on `again()`; for what no topic carries.
 *
 * @param wanted undefined: do not ask yet
 */
export function useAnswer<N extends CallName>(
  name: N,
  wanted: CallInput<N> | undefined,
): {
  readonly answer: CallOutput<N> | undefined;
  readonly failures: readonly FailureView[];
  readonly asking: boolean;
  readonly again: () => void;
} {
  const workbench = useWorkbench();
  const [round, setRound] = useState(0);
  const [state, setState] = useState<{
    answer?: CallOutput<N>;
    failures: readonly FailureView[];
    asking: boolean;
  }>({
    failures: [],
    asking: wanted !== undefined,
  });
  const text = JSON.stringify(wanted);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the input is compared by its text
  useEffect(() => {
    if (wanted === undefined) return;
    const stop = new AbortController();
    setState((before) => ({ ...before, asking: true }));
    workbench.call(name, wanted, stop.signal).then(
      (answer) => {
        if (!stop.signal.aborted) setState({ answer, failures: [], asking: false });
      },
      (error: unknown) => {
        if (!stop.signal.aborted) setState({ failures: failuresIn(error), asking: false });
      },
    );
    return () => stop.abort();
  }, [workbench, name, text, round]);
  const again = useCallback(() => setRound((before) => before + 1), []);
  return { answer: state.answer, failures: state.failures, asking: state.asking, again };
}
