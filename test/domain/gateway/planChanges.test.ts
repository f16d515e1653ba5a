import { expect, test } from "vitest";
import { diffConfigs } from "#domain/gateway/diff.ts";
import type { NeuronConfig, NeuronTag } from "#domain/gateway/neuronConfig.ts";
import { planChanges } from "#domain/gateway/planChanges.ts";

const node = (name: string, plugin: string) => ({ plugin, name, support_import_tags: false, tags: "" });
const tag = (name: string, address = "1!400001"): NeuronTag => ({
  type: 3,
  name,
  attribute: 1,
  precision: 0,
  decimal: 0,
  bias: 0,
  address,
  description: "",
  unit: "",
});
const group = (driver: string, tags: readonly NeuronTag[], interval = 1000) => ({
  groups: [{ driver, group: "all", tag_count: tags.length, interval }],
  tags: [{ driver, group: "all", tags }],
});

const base: NeuronConfig = {
  nodes: [node("uplink", "MQTT"), node("other", "MQTT"), node("plc", "Modbus TCP")],
  ...group("plc", [tag("a"), tag("b"), tag("c")]),
  subscriptions: [
    { app: "uplink", groups: [{ driver: "plc", group: "all", params: { topic: "t" } }] },
    { app: "other", groups: [{ driver: "plc", group: "all" }] },
  ],
  settings: [
    { node: "uplink", params: { host: "h", port: 1883 } },
    { node: "plc", params: { host: "p", port: 502 } },
  ],
};
const kinds = (wanted: NeuronConfig, running: NeuronConfig) =>
  planChanges(wanted, running).map((change) => change.kind);

test("what runs already needs no call, whatever its order and its defaults", () => {
  const same: NeuronConfig = {
    ...base,
    nodes: base.nodes.toReversed(),
    tags: base.tags.map((one) => ({ ...one, tags: one.tags.toReversed() })),
    settings: base.settings.map(({ node, params }) => ({
      node,
      params: node === "plc" ? { ...params, endianess: 1 } : params,
    })),
  };

  expect(planChanges(same, base)).toEqual([]);
  expect(diffConfigs(same, base).equal).toBe(true);
});

test("one tag that changes is one call that names it alone", () => {
  const wanted = { ...base, ...group("plc", [tag("a"), tag("b", "1!400009"), tag("c")]) };

  expect(planChanges(wanted, base)).toEqual([
    { kind: "changeTags", node: "plc", group: "all", tags: [tag("b", "1!400009")] },
  ]);
});

test("a unit that an import has lost is put right", () => {
  const wanted = { ...base, ...group("plc", [{ ...tag("a"), unit: "V" }, tag("b"), tag("c")]) };

  expect(kinds(wanted, base)).toEqual(["changeTags"]);
});

test("tags are removed before others are added, and an interval changes in place", () => {
  const wanted = { ...base, ...group("plc", [tag("a"), tag("d")], 500) };

  expect(planChanges(wanted, base)).toEqual([
    { kind: "removeTags", node: "plc", group: "all", names: ["b", "c"] },
    { kind: "setInterval", node: "plc", group: "all", intervalMs: 500 },
    { kind: "addTags", node: "plc", group: "all", tags: [tag("d")] },
  ]);
});

test("a driver that is made anew gets back every subscription to it, of other apps too", () => {
  const wanted = { ...base, nodes: [...base.nodes.slice(0, 2), node("plc", "Modbus RTU")] };

  expect(kinds(wanted, base)).toEqual([
    "removeNode",
    "addNode",
    "addGroup",
    "addTags",
    "subscribe",
    "subscribe",
    "setSettings",
  ]);
});

test("a topic is changed in place, and a subscription that is to have none is made anew", () => {
  const topic = (params: object) => ({
    ...base,
    subscriptions: [
      { app: "uplink", groups: [{ driver: "plc", group: "all", ...params }] },
      base.subscriptions[1] as NeuronConfig["subscriptions"][number],
    ],
  });

  expect(kinds(topic({ params: { topic: "u" } }), base)).toEqual(["resubscribe"]);
  expect(kinds(topic({}), base)).toEqual(["unsubscribe", "subscribe"]);
});

test("what goes with its group or node is not taken away one by one", () => {
  const nothing = { nodes: [], groups: [], tags: [], subscriptions: [], settings: [] };

  expect(kinds(nothing, base)).toEqual(["removeNode", "removeNode", "removeNode"]);
  expect(kinds({ ...base, groups: [], tags: [], subscriptions: [] }, base)).toEqual(["removeGroup"]);
});

test("1,200 tags go in three calls", () => {
  const many = Array.from({ length: 1200 }, (_, index) => tag(`tag ${index}`));
  const changes = planChanges({ ...base, ...group("plc", many) }, base);

  expect(changes.map((change) => (change.kind === "addTags" ? change.tags.length : change.kind))).toEqual([
    "removeTags",
    500,
    500,
    200,
  ]);
});
