import { useMemo, useSyncExternalStore } from "react";
import type { CallInput, CallOutput } from "#contract/contract.ts";
import { useWorkbench } from "../../client/hooks.ts";
import type { Workbench } from "../../client/workbench.ts";

/** Calls that say something about all tags of the site. */
type TagCall = "tags.lint" | "tags.plan";

/** A call's answer, asked for anew whenever the tags or the site's lines and groups have changed. */
interface FreshAnswer<N extends TagCall> {
  answer(): CallOutput<N> | undefined;
  subscribe(listener: () => void): () => void;
}

/** Typing changes tags one after another: what they amount to is asked for when it pauses. */
const restMs = 400;

const kept = new WeakMap<Workbench, Map<TagCall, FreshAnswer<TagCall>>>();

/** What is wrong with the site's tags; undefined before it is known and without tags. */
export function useLint(): CallOutput<"tags.lint"> | undefined {
  return useFresh("tags.lint", { of: "site" });
}

/** What the lines have time for. */
export function useBusPlan(): CallOutput<"tags.plan"> | undefined {
  return useFresh("tags.plan", {});
}

function useFresh<N extends TagCall>(name: N, input: CallInput<N>): CallOutput<N> | undefined {
  const workbench = useWorkbench();
  // biome-ignore lint/correctness/useExhaustiveDependencies: each of these calls has but one input
  const fresh = useMemo(() => shared(workbench, name, input), [workbench, name]);
  return useSyncExternalStore(fresh.subscribe, fresh.answer);
}

/** The rail and the step look at one answer, not at one each. */
function shared<N extends TagCall>(workbench: Workbench, name: N, input: CallInput<N>): FreshAnswer<N> {
  const ofWorkbench = kept.get(workbench) ?? new Map<TagCall, FreshAnswer<TagCall>>();
  kept.set(workbench, ofWorkbench);
  const known = ofWorkbench.get(name) as FreshAnswer<N> | undefined;
  if (known) return known;
  const made = freshAnswer(workbench, name, input);
  ofWorkbench.set(name, made as unknown as FreshAnswer<TagCall>);
  return made;
}

function freshAnswer<N extends TagCall>(workbench: Workbench, name: N, input: CallInput<N>): FreshAnswer<N> {
  const listeners = new Set<() => void>();
  const [tags, site] = [workbench.store("tags"), workbench.store("site")];
  let answer: CallOutput<N> | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let asking: AbortController | undefined;
  let askedFor = "";
  let leave: (() => void)[] = [];

  function show(next: CallOutput<N> | undefined): void {
    answer = next;
    for (const listener of listeners) listener();
  }

  function ask(): void {
    timer = undefined;
    asking?.abort();
    if (tags.items().length === 0 || !site.get("site")) {
      if (answer) show(undefined);
      return;
    }
    const stop = new AbortController();
    asking = stop;
    workbench.call(name, input, stop.signal).then(
      (next) => !stop.signal.aborted && show(next),
      // The site was closed meanwhile, or the connection went: the next change asks again.
      () => !stop.signal.aborted && answer && show(undefined),
    );
  }

  function soon(): void {
    clearTimeout(timer);
    timer = setTimeout(ask, restMs);
  }

  /** Saving changes the site's item too, and says nothing of its tags. */
  function siteChanged(): void {
    const head = site.get("site")?.head;
    const says = head ? JSON.stringify([head.id, head.lines, head.groups]) : "";
    if (says === askedFor) return;
    askedFor = says;
    soon();
  }

  function begin(): void {
    leave = [
      workbench.follow("tags"),
      workbench.follow("site"),
      tags.subscribe(soon),
      site.subscribe(siteChanged),
    ];
    siteChanged();
    soon();
  }

  return {
    answer: () => answer,
    subscribe(listener) {
      listeners.add(listener);
      if (listeners.size === 1) begin();
      return () => {
        listeners.delete(listener);
        if (listeners.size > 0) return;
        clearTimeout(timer);
        asking?.abort();
        for (const stop of leave) stop();
      };
    },
  };
}
