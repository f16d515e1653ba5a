import { type Phrase, phrase } from "#domain/phrase.ts";
import { type Kept, uplinkKey } from "#domain/site/kept.ts";
import type { Line, Site, Uplink } from "#domain/site/site.ts";
import { patternTopic } from "#domain/site/topic.ts";
import type { GatewayAbilities } from "./dialect.ts";
import { settingsToKeep } from "./keptParts.ts";
import type { NeuronConfig, NeuronNode, NeuronSubscription } from "./neuronConfig.ts";
import { uplinkSettings } from "./neuronSettings.ts";
import { topicPattern, type UplinkSecrets, uplinkOf } from "./neuronToUplink.ts";
import { isSecretName } from "./seal.ts";

export interface TakenUplink {
  readonly node: NeuronNode;
  readonly uplink: Uplink;
  readonly secrets: UplinkSecrets;
  readonly settings: Kept["settings"];
  readonly subscriptions: Kept["subscriptions"];
  readonly notes: readonly Phrase[];
}

type Read = NonNullable<ReturnType<typeof uplinkOf>>;
interface Candidate {
  readonly node: NeuronNode;
  readonly params: Readonly<Record<string, unknown>>;
  readonly read: Read;
  readonly subscriptions: readonly NeuronSubscription[];
}

/** The MQTT node that publishes most of these lines, as the site's uplink; undefined where there is none. */
export function takeUplink(
  site: Site,
  config: NeuronConfig,
  { lines, gateway }: { readonly lines: readonly Line[]; readonly gateway: GatewayAbilities },
): TakenUplink | undefined {
  const chosen = chooseApp(config);
  if (chosen === undefined) return undefined;
  const { node, params, subscriptions } = chosen;
  const { secrets, ...broker } = chosen.read;
  const found = groupsFound(config, lines, node.name, subscriptions, gateway);
  const published = found.filter((one) => one.as !== null);
  const pattern = topicPattern(
    site,
    broker,
    published.map(({ line, group, topic }) => ({ line: line.name, group, topic })),
  );
  const uplink: Uplink = { ...broker, topic: pattern };
  const kept = found.flatMap((one): Kept["subscriptions"] => {
    const { line, group, as } = one;
    const instead = patternTopic({ ...site, uplink }, line, group);
    const isPlain = as !== null && as.params?.topic === instead && Object.keys(as.params).length === 1;
    if (isPlain && as.static_tags === undefined) return [];
    return [{ line: line.id, group, instead, topic: as === null ? instead : one.topic, as }];
  });
  const own = uplinkSettings(site, uplink, { uplinkPassword: "", uplinkKey: "" });
  const left = Object.entries(params).filter(
    ([name, value]) => isSecretName(name) && !(name in own) && value !== "" && value !== null,
  );
  return {
    node,
    uplink,
    secrets,
    settings: settingsToKeep(uplinkKey, "MQTT", params, own),
    subscriptions: kept,
    notes: [
      ...(secrets.password === ""
        ? []
        : [phrase("take.secretSealed", { node: node.name, what: "password" })]),
      ...(secrets.key === "" ? [] : [phrase("take.secretSealed", { node: node.name, what: "key" })]),
      ...left.map(([name]) => phrase("take.secretLeft", { node: node.name, what: name })),
      ...kept.map(({ line, group, topic, as }) => {
        const name = lines.find((one) => one.id === line)?.name ?? line;
        if (as === null) return phrase("take.groupUnpublished", { node: name, group });
        return phrase("take.topicKept", { node: name, group, topic });
      }),
    ],
  };
}

/** The one of our usual name, else the one with the most groups. */
function chooseApp(config: NeuronConfig): Candidate | undefined {
  const all = config.nodes.flatMap((node): Candidate[] => {
    const params = config.settings.find((setting) => setting.node === node.name)?.params;
    const read = node.plugin === "MQTT" && params ? uplinkOf(params) : undefined;
    if (params === undefined || read === undefined || node.name !== node.name.trim() || node.name === "")
      return [];
    const subscriptions = config.subscriptions
      .filter(({ app }) => app === node.name)
      .flatMap(({ groups }) => groups);
    return [{ node, params, read, subscriptions }];
  });
  const usual = all.find(({ node }) => node.name === uplinkKey);
  return usual ?? all.toSorted((a, b) => b.subscriptions.length - a.subscriptions.length)[0];
}

interface FoundGroup {
  readonly line: Line;
  readonly group: string;
  readonly topic: string;
  readonly as: Kept["subscriptions"][number]["as"];
}

/** Every group of the lines, and how the node publishes it. */
function groupsFound(
  config: NeuronConfig,
  lines: readonly Line[],
  app: string,
  subscriptions: readonly NeuronSubscription[],
  { topicSlash }: GatewayAbilities,
): readonly FoundGroup[] {
  return config.groups.flatMap(({ driver, group }): FoundGroup[] => {
    const line = lines.find((one) => one.name === driver);
    if (line === undefined) return [];
    const found = subscriptions.find((one) => one.driver === driver && one.group === group);
    if (found === undefined) return [{ line, group, topic: "", as: null }];
    const { driver: _driver, group: _group, ...as } = found;
    const topic = found.params?.topic ?? `${topicSlash ? "/" : ""}neuron/${app}/${driver}/${group}`;
    return [{ line, group, topic, as: pickAs(as) }];
  });
}

function pickAs({ params, static_tags }: Omit<NeuronSubscription, "driver" | "group">) {
  return {
    ...(params !== undefined && { params: { ...params } }),
    ...(static_tags !== undefined && static_tags !== "" && { static_tags }),
  };
}
