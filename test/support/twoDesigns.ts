import type { Site } from "#domain/site/site.ts";
import { parseAddress } from "#domain/tag/parseAddress.ts";
import type { Tag } from "#domain/tag/tag.ts";
import type { TrainingSitePlace } from "#simulator/trainingSite.ts";

/**
 * Two designs of one site that differ in everything a gateway keeps: a line's name, settings, groups, intervals,
 * tags (added, changed, removed), topics and the uplink's settings.
 */
export function twoDesigns(place: TrainingSitePlace, url: string): readonly [Site, Site] {
  const line = (id: string, name: string, timeoutMs: number) => ({
    kind: "tcp" as const,
    id,
    name,
    timeoutMs,
    ...place.plc,
    units: [],
  });
  const tags = (group: string, from: number, to: number, precision: number, id = "a") =>
    Array.from({ length: to - from }, (_, index) => tag(id, group, `tag ${from + index}`, precision));
  const uplink = {
    ...place.broker,
    tls: false,
    ca: "",
    version: "3.1.1" as const,
    clientId: "two-designs",
    username: "",
    qos: 1 as const,
    format: "values" as const,
    topic: "one/{line}/{group}",
  };
  const one: Site = {
    id: "two-designs",
    name: "Two designs",
    path: [],
    engineer: "",
    note: "",
    training: false,
    gateway: { url, user: "admin" },
    lines: [line("a", "pumps", 1000), line("b", "tanks", 1000)],
    groups: [
      { line: "a", name: "fast", intervalMs: 100 },
      { line: "a", name: "gone", intervalMs: 100 },
      { line: "b", name: "all", intervalMs: 100 },
    ],
    tags: [...tags("fast", 0, 20, 1), ...tags("gone", 0, 3, 1), ...tags("all", 0, 5, 2, "b")],
    uplink,
  };
  const other: Site = {
    ...one,
    lines: [line("a", "pumps", 2000), line("b", "reservoirs", 1000)],
    groups: [
      { line: "a", name: "fast", intervalMs: 150 },
      { line: "a", name: "new", intervalMs: 100 },
      { line: "b", name: "all", intervalMs: 100 },
    ],
    tags: [
      ...tags("fast", 5, 10, 1),
      ...tags("fast", 10, 25, 3),
      ...tags("new", 0, 4, 1),
      ...tags("all", 0, 5, 2, "b"),
    ],
    uplink: { ...uplink, qos: 0, topic: "other/{line}/{group}" },
  };
  return [one, other];
}

/** The level of the training PLC, under any name. */
function tag(line: string, group: string, name: string, precision: number): Tag {
  const address = parseAddress("1!400001#LL", "float");
  if (!address.ok) throw new Error(address.problem.code);
  return {
    line,
    group,
    name,
    address: address.value,
    type: "float",
    access: ["read"],
    scale: 1,
    bias: 0,
    precision,
    unit: "m",
    description: "",
  };
}
