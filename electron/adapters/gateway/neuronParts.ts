import { FaultError } from "#domain/fault.ts";
import { settingEntry } from "#domain/gateway/configSchema.ts";
import type { NeuronConfig, NeuronSubscriptions } from "#domain/gateway/neuronConfig.ts";
import type { NeuronAccess } from "./neuronAccess.ts";
import { groupsReply, nodesReply, subscriptionsReply, tagsReply } from "./neuronReplies.ts";

/** A whole configuration read piece by piece, from gateways that cannot give it in one reply. */
export async function configByParts(access: NeuronAccess, signal: AbortSignal): Promise<NeuronConfig> {
  const get = <T>(path: string, reply: Parameters<typeof access.call<T>>[0]["reply"]) =>
    access.call<T>({ method: "GET", path, reply }, signal);
  const { nodes: drivers } = await get("/node?type=1", nodesReply);
  const { nodes: apps } = await get("/node?type=2", nodesReply);
  const nodes = [...apps, ...drivers];
  const groups = [];
  const tags = [];
  for (const { name: driver } of drivers) {
    const listed = await get(`/group?${new URLSearchParams({ node: driver })}`, groupsReply);
    for (const { name: group, tag_count, interval } of listed.groups) {
      groups.push({ driver, group, tag_count, interval });
      const query = new URLSearchParams({ node: driver, group });
      tags.push({ driver, group, tags: (await get(`/tags?${query}`, tagsReply)).tags });
    }
  }
  const subscriptions: NeuronSubscriptions[] = [];
  for (const { name: app } of apps) {
    const listed = await get(`/subscribe?${new URLSearchParams({ app })}`, subscriptionsReply);
    if (listed.groups.length > 0) subscriptions.push({ app, groups: listed.groups });
  }
  const settings = [];
  for (const { name: node } of nodes) {
    try {
      settings.push(await get(`/node/setting?${new URLSearchParams({ node })}`, settingEntry));
    } catch (error) {
      if (!isUnset(error)) throw error;
    }
  }
  return { nodes, groups, tags, subscriptions, settings };
}

/** 2005, with status 200: a node that was never configured. */
function isUnset(error: unknown): boolean {
  return error instanceof FaultError && error.fault.code === "gateway.refused" && error.fault.error === 2005;
}
