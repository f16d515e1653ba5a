import { printExactJson } from "./exactJson.ts";
import type { NeuronConfig, NeuronSubscription, NeuronTag } from "./neuronConfig.ts";

/**
 * A configuration with everything taken out that Neuron changes or fills in on its own: order, `tag_count`,
 * `support_import_tags`, a factor of 1, settings left at their defaults, the topic that a subscription without
 * topic gets. Two configurations do the same exactly when their normal forms are equal.
 */
export interface NormalConfig {
  readonly nodes: ReadonlyMap<string, { readonly plugin: string; readonly tags: string }>;
  /** by node, then by setting */
  readonly settings: ReadonlyMap<string, ReadonlyMap<string, unknown>>;
  /** by place */
  readonly groups: ReadonlyMap<string, Place & { readonly interval: number }>;
  readonly tags: ReadonlyMap<string, Place & { readonly tag: NeuronTag }>;
  readonly subscriptions: ReadonlyMap<string, Place & { readonly app: string; readonly params: unknown }>;
}

export interface Place {
  readonly driver: string;
  readonly group: string;
}

export function normalConfig(config: NeuronConfig): NormalConfig {
  const plugins = new Map(config.nodes.map((node) => [node.name, node.plugin]));
  return {
    nodes: sorted(
      config.nodes.map((node) => [node.name, { plugin: node.plugin, tags: node.tags ?? "" }] as const),
    ),
    settings: sorted(
      config.settings.map(
        (setting) => [setting.node, normalSettings(setting.params, plugins.get(setting.node))] as const,
      ),
    ),
    groups: sorted(
      config.groups.map(
        ({ driver, group, interval }) => [placeKey(driver, group), { driver, group, interval }] as const,
      ),
    ),
    tags: sorted(
      config.tags.flatMap(({ driver, group, tags }) =>
        tags.map(
          (tag) => [placeKey(driver, group, tag.name), { driver, group, tag: normalTag(tag) }] as const,
        ),
      ),
    ),
    subscriptions: sorted(
      config.subscriptions.flatMap(({ app, groups }) =>
        groups.map((subscription) => {
          const { driver, group } = subscription;
          const params = normalSubscription(app, plugins.get(app), subscription);
          return [placeKey(app, driver, group), { app, driver, group, params }] as const;
        }),
      ),
    ),
  };
}

/** A place as one text; names may hold slashes but hardly a line break. */
export function placeKey(...names: readonly string[]): string {
  return names.join("\n");
}

function normalTag(tag: NeuronTag): NeuronTag {
  const decimal = tag.decimal === 1 ? 0 : tag.decimal;
  return {
    name: tag.name,
    type: tag.type,
    attribute: tag.attribute,
    address: tag.address,
    precision: tag.precision ?? 0,
    // Neuron keeps -0 and 0.0 apart in its text only.
    decimal: (decimal ?? 0) + 0,
    bias: (tag.bias ?? 0) + 0,
    description: tag.description ?? "",
    unit: tag.unit ?? "",
  };
}

const modbusDefaults = {
  max_retries: 0,
  retry_interval: 0,
  device_degrade: 0,
  degrade_cycle: 2,
  degrade_time: 600,
  endianess: 1,
  endianess_64: 1,
  address_base: 1,
};

/** What a plugin does where a setting is absent. @see Neuron 2.15, plugin schemas */
const defaults: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  "Modbus TCP": { ...modbusDefaults, connection_mode: 0, check_header: 0 },
  "Modbus RTU": { ...modbusDefaults, link: 0 },
  MQTT: {
    version: 4,
    qos: 0,
    upload_err: true,
    enable_topic: true,
    upload_drv_state: false,
    username: "",
    password: "",
    ssl: false,
  },
};

/** What a plugin does where this setting is absent; undefined where it is not known or the setting is required. */
export function defaultSetting(plugin: string, name: string): unknown {
  return defaults[plugin]?.[name];
}

function normalSettings(
  params: Readonly<Record<string, unknown>>,
  plugin: string | undefined,
): ReadonlyMap<string, unknown> {
  const filled = { ...(defaults[plugin ?? ""] ?? {}), ...params };
  return sorted(Object.entries(filled).filter(([, value]) => value !== undefined && value !== null));
}

function normalSubscription(app: string, plugin: string | undefined, given: NeuronSubscription): unknown {
  const topic =
    given.params?.topic ?? (plugin === "MQTT" ? `/neuron/${app}/${given.driver}/${given.group}` : "");
  const others = Object.entries(given.params ?? {}).filter(([name]) => name !== "topic");
  const staticTags = given.static_tags === "" ? undefined : given.static_tags;
  return {
    topic,
    ...Object.fromEntries(sorted(others)),
    ...(staticTags === undefined ? {} : { static_tags: asText(staticTags) }),
  };
}

/** Neuron keeps static tags as they were sent, as an object or as its text. */
function asText(staticTags: unknown): string {
  return typeof staticTags === "string" ? staticTags : printExactJson(staticTags);
}

function sorted<T>(entries: readonly (readonly [string, T])[]): ReadonlyMap<string, T> {
  return new Map([...entries].sort(([one], [other]) => (one < other ? -1 : one > other ? 1 : 0)));
}
