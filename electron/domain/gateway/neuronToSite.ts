import { type Phrase, phrase } from "#domain/phrase.ts";
import type { Taken } from "#domain/site/edit.ts";
import { type Kept, uplinkKey } from "#domain/site/kept.ts";
import type { Site } from "#domain/site/site.ts";
import type { GatewayAbilities } from "./dialect.ts";
import type { NeuronConfig, NeuronNode } from "./neuronConfig.ts";
import type { UplinkSecrets } from "./neuronToUplink.ts";
import { takeLines } from "./takeLines.ts";
import { takeUplink } from "./takeUplink.ts";

/** A gateway's configuration as the part of a site that it says. */
export interface TakenOver {
  readonly taken: Taken;
  readonly secrets: UplinkSecrets;
  /** what stays on the gateway, what is kept in the gateway's words, and what is left out: nothing goes silently */
  readonly notes: readonly Phrase[];
}

/**
 * Reads what runs on a gateway as a site: Modbus nodes become lines, the MQTT node that publishes most becomes the
 * uplink. What a site cannot say of them is kept with it and goes back as it came; other nodes stay on the gateway.
 * Applied again, the site changes nothing there.
 *
 * @param site    gives what no gateway knows: ids, units, the laptop's ports
 * @param gateway says which topic a subscription without one has
 */
export function takeOver(site: Site, config: NeuronConfig, gateway: GatewayAbilities): TakenOver {
  const { lines, groups, tags, ...found } = takeLines(site, config);
  const uplink = takeUplink(site, config, { lines, gateway });
  const labels = [
    ...(uplink ? labelsOf(uplink.node, uplinkKey) : []),
    ...lines.flatMap((line) => labelsOf(nodeOf(config, line.name), line.id)),
  ];
  const kept: Kept = {
    ...(uplink && uplink.node.name !== uplinkKey && { uplinkNode: uplink.node.name }),
    labels,
    settings: [...found.settings, ...(uplink?.settings ?? [])],
    groups: found.keptGroups,
    tags: found.keptTags,
    subscriptions: uplink?.subscriptions ?? [],
  };
  const own = new Set([...lines.map((line) => line.name), uplink?.node.name]);
  const staying = config.nodes.filter((node) => !own.has(node.name));
  return {
    taken: { lines, groups, tags, uplink: uplink?.uplink ?? site.uplink, kept },
    secrets: uplink?.secrets ?? { password: "", key: "" },
    notes: [
      ...staying.map(({ name, plugin }) => phrase("take.nodeStays", { node: name, plugin })),
      ...found.notes,
      ...(uplink?.notes ?? []),
      ...[...lines.map(({ id, name }) => ({ id, name })), { id: uplinkKey, name: uplink?.node.name ?? "" }]
        .map(({ id, name }) => ({
          name,
          settings: kept.settings.filter(({ node }) => node === id).map((one) => one.name),
        }))
        .filter(({ settings }) => settings.length > 0)
        .map(({ name, settings }) =>
          phrase("take.settingsKept", { node: name, settings: settings.join(", ") }),
        ),
    ],
  };
}

function nodeOf(config: NeuronConfig, name: string): NeuronNode | undefined {
  return config.nodes.find((node) => node.name === name);
}

function labelsOf(found: NeuronNode | undefined, node: string): Kept["labels"] {
  return found?.tags ? [{ node, labels: found.tags }] : [];
}
