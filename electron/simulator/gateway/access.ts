import type { Shown } from "./app/payload.ts";
import { showReading } from "./app/payload.ts";
import type { Json } from "./json.ts";
import { attribute, type GatewayTag, type Group, running } from "./model.ts";
import { error, Refusal } from "./refusal.ts";
import type { Registry } from "./registry.ts";
import type { Runtime } from "./runtime.ts";

export interface TagWrite {
  readonly tag: string;
  readonly value: Json;
}

/** Reading and writing of values, alike for the API and for requests over MQTT. */
export interface GatewayAccess {
  /** tags that can be read, in order; write-only ones are left out */
  read(node: string, group: string, wanted: (tag: GatewayTag) => boolean): readonly Shown[];
  /** 1 where the driver reaches its units */
  linkOf(node: string): 0 | 1;
  /** one tag: refusals name its own reason */
  writeOne(node: string, group: string, write: TagWrite): Promise<number>;
  /** several: one that cannot be written refuses them all as unknown */
  writeMany(node: string, group: string, writes: readonly TagWrite[]): Promise<number>;
}

// A value is given out for twenty intervals; polling that falls further behind shows as expired.
const keptIntervals = 20;

export function makeAccess(registry: Registry, runtime: Runtime): GatewayAccess {
  async function writeTags(node: string, tags: readonly (readonly [GatewayTag, Json])[]): Promise<number> {
    const driver = runtime.driverOf(registry.driver(node));
    if (driver === undefined) return error.notRunning;
    const results = await Promise.all(tags.map(([tag, value]) => driver.write(tag, value)));
    return results.find((number) => number !== 0) ?? 0;
  }

  return {
    read(node, groupName, wanted) {
      const group = registry.group(node, groupName);
      const isRunning = registry.driver(node).running === running.running;
      return readableTags(group)
        .filter(wanted)
        .map((tag) =>
          isRunning ? showTag(group, tag) : { name: tag.name, error: error.notRunning, kind: 2 },
        );
    },
    linkOf: (node) => runtime.driverOf(registry.driver(node))?.link ?? 0,
    async writeOne(node, groupName, { tag: name, value }) {
      const tag = registry.group(node, groupName).tags.get(name);
      if (tag === undefined) throw new Refusal(error.tagMissing);
      if (registry.driver(node).running !== running.running) return error.notRunning;
      if ((tag.attribute & attribute.write) === 0) return error.notWritable;
      return writeTags(node, [[tag, value]]);
    },
    async writeMany(node, groupName, writes) {
      const group = registry.group(node, groupName);
      const tags = writes.map(({ tag: name, value }) => {
        const tag = group.tags.get(name);
        if (tag === undefined || (tag.attribute & attribute.write) === 0) throw new Refusal(error.tagMissing);
        return [tag, value] as const;
      });
      return writeTags(node, tags);
    },
  };
}

export function readableTags(group: Group): readonly GatewayTag[] {
  return [...group.tags.values()].filter(
    (tag) => (tag.attribute & (attribute.read | attribute.subscribe)) !== 0,
  );
}

export function showTag(group: Group, tag: GatewayTag): Shown {
  const reading = group.readings.get(tag.name);
  const age = reading === undefined ? 0 : performance.now() - reading.atMs;
  return showReading(tag, reading, age > group.intervalMs * keptIntervals);
}
