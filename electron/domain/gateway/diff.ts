import { printExactJson } from "./exactJson.ts";
import type { NeuronConfig } from "./neuronConfig.ts";
import { type NormalConfig, normalConfig, type Place } from "./neuronNormal.ts";
import { isSecretName, sealed } from "./seal.ts";

/** One thing that is not as wanted. Texts are for people; secrets are never in them. */
export interface Difference {
  readonly kind: "node" | "setting" | "group" | "tag" | "subscription";
  readonly change: "add" | "change" | "remove";
  readonly node: string;
  /** group, `group/tag`, setting or app that it is about; empty for the node itself */
  readonly name: string;
  /** as wanted, and as it runs now; empty where there is none */
  readonly wanted: string;
  readonly running: string;
}

export interface TagPlace {
  readonly node: string;
  readonly group: string;
  readonly tag: string;
}

/** What applying `wanted` would do to a gateway. Equal means: nothing. */
export interface ConfigDiff {
  readonly equal: boolean;
  /** a node counts as changed when anything about it changes: plugin, settings, groups, tags or subscriptions */
  readonly nodes: {
    readonly add: readonly string[];
    readonly change: readonly string[];
    readonly remove: readonly string[];
  };
  readonly tags: {
    readonly add: readonly TagPlace[];
    readonly change: readonly TagPlace[];
    readonly remove: readonly TagPlace[];
  };
  readonly differences: readonly Difference[];
}

/** Compares two configurations without the noise of order and defaults; see normalConfig. */
export function diffConfigs(wanted: NeuronConfig, running: NeuronConfig): ConfigDiff {
  const a = normalConfig(wanted);
  const b = normalConfig(running);
  const tags = compare(a.tags, b.tags, (item) => item.tag);
  const differences: readonly Difference[] = [
    ...compare(a.nodes, b.nodes, (node) => node).map((found) => ({
      ...found.texts,
      kind: "node" as const,
      node: found.key,
      name: "",
    })),
    ...settingDifferences(a, b),
    ...placed(
      "group",
      compare(a.groups, b.groups, (item) => item.interval),
    ),
    ...tags.map((found) => ({
      ...found.texts,
      kind: "tag" as const,
      node: found.item.driver,
      name: `${found.item.group}/${found.item.tag.name}`,
    })),
    ...compare(a.subscriptions, b.subscriptions, (item) => item.params).map((found) => ({
      ...found.texts,
      kind: "subscription" as const,
      node: found.item.app,
      name: `${found.item.driver}/${found.item.group}`,
    })),
  ];
  return {
    equal: differences.length === 0,
    nodes: nodeChanges(differences),
    tags: tagChanges(tags),
    differences,
  };
}

interface Found<T> {
  readonly key: string;
  readonly item: T;
  readonly texts: Pick<Difference, "change" | "wanted" | "running">;
}

/** What differs between two tables, by key; `text` chooses what of an item counts. */
function compare<T>(
  wanted: ReadonlyMap<string, T>,
  running: ReadonlyMap<string, T>,
  counts: (item: T) => unknown,
): readonly Found<T>[] {
  const found: Found<T>[] = [];
  for (const [key, item] of wanted) {
    const other = running.get(key);
    const [want, run] = [text(counts(item)), other === undefined ? "" : text(counts(other))];
    if (want === run) continue;
    const change = other === undefined ? "add" : "change";
    found.push({ key, item, texts: { change, wanted: want, running: run } });
  }
  for (const [key, item] of running) {
    if (wanted.has(key)) continue;
    found.push({ key, item, texts: { change: "remove", wanted: "", running: text(counts(item)) } });
  }
  return found;
}

function text(value: unknown): string {
  return typeof value === "string" ? value : printExactJson(value);
}

function settingDifferences(wanted: NormalConfig, running: NormalConfig): readonly Difference[] {
  const nodes = new Set([...wanted.settings.keys(), ...running.settings.keys()]);
  const none: ReadonlyMap<string, unknown> = new Map();
  return [...nodes].flatMap((node) =>
    // Boxed, because 1 and "1" are not the same to Neuron.
    compare(wanted.settings.get(node) ?? none, running.settings.get(node) ?? none, (value) => [value]).map(
      (found) => ({
        ...sealTexts(found.key, found.texts),
        kind: "setting" as const,
        node,
        name: found.key,
      }),
    ),
  );
}

function sealTexts(name: string, texts: Found<unknown>["texts"]): Found<unknown>["texts"] {
  const show = (boxed: string) => {
    const shown = boxed.slice(1, -1);
    return isSecretName(name) && shown !== "" && shown !== '""' ? sealed : shown;
  };
  return { change: texts.change, wanted: show(texts.wanted), running: show(texts.running) };
}

function placed<T extends Place>(
  kind: Difference["kind"],
  found: readonly Found<T>[],
): readonly Difference[] {
  return found.map(({ item, texts }) => ({ ...texts, kind, node: item.driver, name: item.group }));
}

function nodeChanges(differences: readonly Difference[]): ConfigDiff["nodes"] {
  const named = (change: Difference["change"]) =>
    differences.filter((one) => one.kind === "node" && one.change === change).map((one) => one.node);
  const add = named("add");
  const remove = named("remove");
  const whole = new Set([...add, ...remove]);
  const touched = new Set(differences.map((one) => one.node).filter((node) => !whole.has(node)));
  return { add, change: [...touched].sort(), remove };
}

function tagChanges(
  found: readonly Found<Place & { readonly tag: { readonly name: string } }>[],
): ConfigDiff["tags"] {
  const places = (change: Difference["change"]) =>
    found
      .filter((one) => one.texts.change === change)
      .map(({ item }) => ({ node: item.driver, group: item.group, tag: item.tag.name }));
  return { add: places("add"), change: places("change"), remove: places("remove") };
}
