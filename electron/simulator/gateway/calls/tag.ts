import type { JsonObject } from "../json.ts";
import type { DriverNode, GatewayTag, Group } from "../model.ts";
import { error, Refusal } from "../refusal.ts";
import { addTags, minIntervalMs } from "../registry.ts";
import { checkTag, printedTag, readTag } from "../tagRules.ts";
import { arrayIn, bodyOf, done, type Handlers, integerIn, objectsIn, queried, textIn } from "./call.ts";
import { groupForTags } from "./group.ts";

export const tagCalls: Handlers = {
  "GET tags": (core, call) => {
    const group = core.registry.group(queried(call, "node"), queried(call, "group"));
    const name = call.query.get("name") ?? "";
    const description = call.query.get("desc") ?? "";
    const tags = [...group.tags.values()].filter(
      (tag) => tag.name.includes(name) && tag.description.includes(description),
    );
    return { tags: tags.map(printedTag) };
  },
  "POST tags": (core, call) => {
    const body = bodyOf(call);
    const tags = tagsIn(body);
    const node = core.registry.driver(textIn(body, "node"));
    // A group that is not there is made, with this interval, as measured.
    const group = groupForTags(node, textIn(body, "group"), 100);
    addTags(group, tags);
    node.groups.set(group.name, group);
    core.runtime.retagged(node, group);
    return { index: 0, error: 0 };
  },
  "PUT tags": (core, call) => {
    const body = bodyOf(call);
    const tags = tagsIn(body);
    const node = core.registry.driver(textIn(body, "node"));
    const group = core.registry.group(node.name, textIn(body, "group"));
    tags.forEach((tag, index) => {
      const number = group.tags.has(tag.name) ? checkTag(tag) : error.tagMissing;
      if (number !== 0) throw new Refusal(number, index);
    });
    for (const tag of tags) group.tags.set(tag.name, tag);
    core.runtime.retagged(node, group);
    return { index: tags.length, error: 0 };
  },
  "POST gtags": (core, call) => {
    const body = bodyOf(call);
    const node = core.registry.driver(textIn(body, "node"));
    return { index: addGroupsOfTags(node, objectsIn(body, "groups"), core.runtime.retagged), error: 0 };
  },
  "PUT tag/rename": (core, call) => {
    const body = bodyOf(call);
    const node = core.registry.driver(textIn(body, "node"));
    const group = core.registry.group(node.name, textIn(body, "group"));
    const tag = group.tags.get(textIn(body, "old_name"));
    const name = textIn(body, "new_name");
    if (tag === undefined) throw new Refusal(error.tagMissing);
    if (group.tags.has(name)) throw new Refusal(error.tagConflict);
    group.tags.delete(tag.name);
    group.tags.set(name, { ...tag, name });
    core.runtime.retagged(node, group);
    return done;
  },
  "DELETE tags": (core, call) => {
    const body = bodyOf(call);
    const names = arrayIn(body, "tags");
    const node = core.registry.driver(textIn(body, "node"));
    const group = core.registry.group(node.name, textIn(body, "group"));
    try {
      // In order, and what went before an unknown name stays deleted, as measured.
      for (const name of names) if (!group.tags.delete(String(name))) throw new Refusal(error.tagMissing);
    } finally {
      core.runtime.retagged(node, group);
    }
    return done;
  },
};

/** Several groups with their tags, all or nothing. @returns the count of tags */
function addGroupsOfTags(
  node: DriverNode,
  bodies: readonly JsonObject[],
  retagged: (node: DriverNode, group: Group) => void,
): number {
  let count = 0;
  const filled: { group: Group; tags: readonly GatewayTag[] }[] = [];
  for (const body of bodies) {
    const group = groupForTags(node, textIn(body, "group"), integerIn(body, "interval"));
    if (group.intervalMs < minIntervalMs) throw new Refusal(error.groupParam);
    const tags = objectsIn(body, "tags").map(readTag);
    tryTags(group, tags, count);
    count += tags.length;
    filled.push({ group, tags });
  }
  for (const { group, tags } of filled) {
    node.groups.set(group.name, group);
    for (const tag of tags) group.tags.set(tag.name, tag);
    retagged(node, group);
  }
  return count;
}

/** Tries tags on a copy. The index of a refusal is that of the group's first tag, as measured. */
function tryTags(group: Group, tags: readonly GatewayTag[], firstIndex: number): void {
  try {
    addTags({ ...group, tags: new Map(group.tags) }, tags);
  } catch (problem) {
    if (problem instanceof Refusal) throw new Refusal(problem.number, firstIndex, false);
    throw problem;
  }
}

function tagsIn(body: JsonObject): GatewayTag[] {
  const list = objectsIn(body, "tags");
  if (list.length === 0) throw new Refusal(error.body);
  return list.map(readTag);
}
