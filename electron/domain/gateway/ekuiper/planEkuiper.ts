import type { Stream } from "#domain/site/site.ts";
import { streamsRead } from "./checkRules.ts";
import type { EkuiperState, RunningRule } from "./ekuiperState.ts";
import { ruleText, sameStream } from "./sameRule.ts";

/** One change that eKuiper makes whole or not at all. */
export type EkuiperChange =
  | { readonly kind: "addStream" | "changeStream"; readonly stream: Stream }
  | { readonly kind: "removeStream"; readonly name: string }
  /** makes a rule, or another of it; it runs unless it is told otherwise */
  | { readonly kind: "putRule"; readonly rule: RunningRule }
  | { readonly kind: "removeRule" | "startRule" | "stopRule"; readonly id: string };

/**
 * The fewest changes from what runs to what is wanted, in an order that eKuiper takes: rules go before the streams
 * that they read, and come after them. A rule keeps to the stream that it was started with, so those that read a
 * changed one are stopped for it: half way, that shows.
 */
export function planEkuiper(wanted: EkuiperState, running: EkuiperState): readonly EkuiperChange[] {
  const now = new Map(running.rules.map((rule) => [rule.id, rule]));
  const ids = new Set(wanted.rules.map(({ id }) => id));
  const streams = new Map(running.streams.map((stream) => [stream.name, stream]));
  const names = new Set(wanted.streams.map(({ name }) => name));
  const gone = running.rules.filter(({ id }) => !ids.has(id));
  const changed = wanted.streams.filter((stream) => {
    const other = streams.get(stream.name);
    return other !== undefined && !sameStream(stream, other);
  });
  const readsChanged = ({ sql }: RunningRule) =>
    streamsRead(sql).some((name) => changed.some((stream) => stream.name === name));
  const stopped = running.rules.filter((rule) => ids.has(rule.id) && rule.triggered && readsChanged(rule));
  const stoppedIds = new Set(stopped.map(({ id }) => id));
  return [
    ...gone.map(({ id }) => ({ kind: "removeRule", id }) as const),
    ...stopped.map(({ id }) => ({ kind: "stopRule", id }) as const),
    ...running.streams
      .filter(({ name }) => !names.has(name))
      .map(({ name }) => ({ kind: "removeStream", name }) as const),
    ...changed.map((stream) => ({ kind: "changeStream", stream }) as const),
    ...wanted.streams
      .filter(({ name }) => !streams.has(name))
      .map((stream) => ({ kind: "addStream", stream }) as const),
    ...wanted.rules.flatMap((rule): readonly EkuiperChange[] => {
      const other = now.get(rule.id);
      if (other === undefined || ruleText(other) !== ruleText(rule)) return [{ kind: "putRule", rule }];
      const runs = other.triggered && !stoppedIds.has(rule.id);
      if (runs === rule.triggered) return [];
      return [{ kind: rule.triggered ? "startRule" : "stopRule", id: rule.id }];
    }),
  ];
}
