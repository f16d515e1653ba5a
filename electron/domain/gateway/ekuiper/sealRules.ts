import type { Rule } from "#domain/site/site.ts";
import { sealed, sealMembers } from "../seal.ts";
import type { EkuiperState } from "./ekuiperState.ts";

type Actions = Rule["actions"];

/** The same actions with every password replaced by a marker. */
export function withoutActionSecrets(actions: Actions): Actions {
  return actions.map((action) => sealMembers(action));
}

/**
 * Actions with a marker in place of passwords, with the passwords again that stand at the same place in others.
 *
 * @param sources looked through in this order
 * @returns undefined where a marker is left
 */
export function withActionSecrets(
  actions: Actions,
  ...sources: readonly (Actions | undefined)[]
): Actions | undefined {
  const filled = sources.reduce<unknown>((now, source) => fill(now, source), actions);
  return holdsMarker(filled) ? undefined : (filled as Actions);
}

export function withoutEkuiperSecrets(state: EkuiperState): EkuiperState {
  return {
    ...state,
    rules: state.rules.map((rule) => ({ ...rule, actions: withoutActionSecrets(rule.actions) })),
  };
}

/**
 * A state that was kept without its passwords, with them again: those of the running rules that nobody touched since.
 *
 * @returns the first rule whose password is not known as `lost`
 */
export function withEkuiperSecrets(
  kept: EkuiperState,
  running: EkuiperState,
  touched: ReadonlySet<string>,
): { readonly state: EkuiperState; readonly lost?: string } {
  const now = new Map(running.rules.map((rule) => [rule.id, rule.actions]));
  let lost: string | undefined;
  const rules = kept.rules.map((rule) => {
    const source = touched.has(rule.id) ? undefined : now.get(rule.id);
    const actions = withActionSecrets(rule.actions, source);
    if (actions === undefined) lost ??= rule.id;
    return { ...rule, actions: actions ?? rule.actions };
  });
  const state = { ...kept, rules };
  return lost === undefined ? { state } : { state, lost };
}

function fill(value: unknown, source: unknown): unknown {
  if (value === sealed) return source === undefined ? value : source;
  if (Array.isArray(value))
    return value.map((item, index) => fill(item, Array.isArray(source) ? source[index] : undefined));
  if (typeof value !== "object" || value === null) return value;
  const from = typeof source === "object" && source !== null ? (source as Record<string, unknown>) : {};
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, fill(item, from[name])]));
}

function holdsMarker(value: unknown): boolean {
  if (value === sealed) return true;
  return typeof value === "object" && value !== null && Object.values(value).some(holdsMarker);
}
