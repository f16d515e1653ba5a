import type { ProgramDifference } from "../program.ts";
import type { EkuiperState, RunningRule } from "./ekuiperState.ts";
import { plainSql, ruleText } from "./sameRule.ts";
import { withoutActionSecrets } from "./sealRules.ts";

interface Item {
  readonly kind: "stream" | "rule";
  readonly name: string;
  /** by which it is compared */
  readonly text: string;
  /** without passwords */
  readonly shown: string;
}

/** What applying `wanted` would do to eKuiper, stream by stream and rule by rule. Empty: nothing. */
export function diffEkuiper(wanted: EkuiperState, running: EkuiperState): readonly ProgramDifference[] {
  const [want, run] = [items(wanted), items(running)];
  return [...new Set([...want.keys(), ...run.keys()])].flatMap((key): readonly ProgramDifference[] => {
    const [a, b] = [want.get(key), run.get(key)];
    const item = a ?? b;
    if (item === undefined || a?.text === b?.text) return [];
    const change = b === undefined ? "add" : a === undefined ? "remove" : "change";
    const { kind, name } = item;
    return [{ kind, change, item: name, field: "", wanted: a?.shown ?? "", running: b?.shown ?? "" }];
  });
}

function items(state: EkuiperState): ReadonlyMap<string, Item> {
  const streams = [...state.streams, ...state.tables].map(({ name, sql }): Item => {
    return { kind: "stream", name, text: plainSql(sql), shown: plainSql(sql) };
  });
  const rules = state.rules.map((rule): Item => {
    return { kind: "rule", name: rule.id, text: textOf(rule), shown: shownRule(rule) };
  });
  return new Map([...streams, ...rules].map((item) => [`${item.kind}\n${item.name}`, item]));
}

function textOf(rule: RunningRule): string {
  return `${rule.triggered} ${ruleText(rule)}`;
}

function shownRule(rule: RunningRule): string {
  const sealedRule = { ...rule, actions: withoutActionSecrets(rule.actions) };
  const actions = JSON.stringify(sealedRule.actions);
  const options = Object.keys(rule.options).length === 0 ? "" : ` · ${JSON.stringify(rule.options)}`;
  return `${rule.triggered ? "" : "stopped · "}${plainSql(rule.sql)} → ${actions}${options}`;
}
