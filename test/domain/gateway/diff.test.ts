import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { diffConfigs } from "#domain/gateway/diff.ts";
import { mergeConfig } from "#domain/gateway/merge.ts";
import type { NeuronConfig, NeuronTag } from "#domain/gateway/neuronConfig.ts";
import { printConfig } from "#domain/gateway/printConfig.ts";
import { neuronConfigOf } from "#domain/gateway/siteToNeuron.ts";
import { pumpSite } from "../site/pumpSite.ts";

const recorded = JSON.parse(
  readFileSync(new URL("../../vectors/neuron/config-round-trip.json", import.meta.url), "utf8"),
) as { readonly sent: NeuronConfig; readonly readBack: NeuronConfig };

const pump = configOf("s3cret");

function configOf(uplinkPassword: string): NeuronConfig {
  const config = neuronConfigOf(pumpSite, { uplinkPassword });
  if (!config.ok) throw new Error("the site is good");
  return config.value;
}

function changeTags(config: NeuronConfig, change: (tag: NeuronTag) => NeuronTag): NeuronConfig {
  return { ...config, tags: config.tags.map((group) => ({ ...group, tags: group.tags.map(change) })) };
}

function changeParams(config: NeuronConfig, node: string, change: object): NeuronConfig {
  const settings = config.settings.map((one) =>
    one.node === node ? { ...one, params: { ...one.params, ...change } } : one,
  );
  return { ...config, settings };
}

/** What a gateway may make of a configuration without changing what it does. */
function retold(config: NeuronConfig): NeuronConfig {
  const plain = new Set([
    "device_degrade",
    "check_header",
    "endianess",
    "endianess_64",
    "address_base",
    "upload_drv_state",
  ]);
  return {
    nodes: [...config.nodes].reverse().map((node) => ({ ...node, support_import_tags: true })),
    groups: [...config.groups].reverse().map((group) => ({ ...group, tag_count: 0 })),
    tags: [
      ...changeTags(config, (tag) => ({ ...tag, decimal: tag.decimal === 0 ? 1 : tag.decimal, bias: -0 }))
        .tags,
    ]
      .reverse()
      .map((group) => ({ ...group, tags: [...group.tags].reverse() })),
    subscriptions: config.subscriptions.map((app) => ({ ...app, groups: [...app.groups].reverse() })),
    settings: [...config.settings].reverse().map((one) => ({
      ...one,
      params: Object.fromEntries(
        Object.entries(one.params)
          .filter(([name]) => !plain.has(name))
          .reverse(),
      ),
    })),
  };
}

describe("two configurations", () => {
  test("are equal after a real gateway took one and gave it back", () => {
    expect(diffConfigs(recorded.sent, recorded.readBack)).toMatchObject({ equal: true, differences: [] });
  });

  test("are equal when only order, counts and defaults were told differently", () => {
    for (const config of [pump, recorded.sent]) {
      expect(diffConfigs(config, retold(config)).differences).toEqual([]);
      expect(printConfig(retold(config))).toBe(printConfig(config));
    }
  });

  test("are equal where a subscription without topic meets Neuron's default topic", () => {
    const group = { driver: "plc", group: "pumps" };
    const bare = { ...pump, subscriptions: [{ app: "uplink", groups: [group] }] };
    const told = {
      ...pump,
      subscriptions: [
        { app: "uplink", groups: [{ ...group, params: { topic: "/neuron/uplink/plc/pumps" } }] },
      ],
    };

    expect(diffConfigs(bare, told).equal).toBe(true);
  });

  test.each<[string, NeuronConfig, string]>([
    ["a setting", changeParams(pump, "plc", { port: 503 }), "setting change plc port 502 503"],
    [
      "the kind of a setting",
      changeParams(pump, "plc", { port: "502" }),
      'setting change plc port 502 "502"',
    ],
    [
      "a setting that is not the default",
      changeParams(pump, "plc", { degrade_cycle: 3 }),
      "setting change plc degrade_cycle 2 3",
    ],
    [
      "an interval",
      {
        ...pump,
        groups: pump.groups.map((group) => (group.driver === "plc" ? { ...group, interval: 600 } : group)),
      },
      "group change plc pumps 500 600",
    ],
    [
      "a missing subscription",
      {
        ...pump,
        subscriptions: pump.subscriptions.map((app) => ({ ...app, groups: app.groups.slice(0, 1) })),
      },
      'subscription add uplink plc/pumps {"topic":"lastmile/Water/East/NPS-07/plc/pumps"} ',
    ],
    [
      "a node's plugin",
      {
        ...pump,
        nodes: pump.nodes.map((node) => (node.name === "plc" ? { ...node, plugin: "Modbus RTU" } : node)),
      },
      'node change plc  {"plugin":"Modbus TCP","tags":""} {"plugin":"Modbus RTU","tags":""}',
    ],
  ])("differ in %s", (_, running, expected) => {
    const { equal, differences } = diffConfigs(pump, running);

    expect(equal).toBe(false);
    const first = differences.find((one) => one.name !== "link");
    expect(
      first && [first.kind, first.change, first.node, first.name, first.wanted, first.running].join(" "),
    ).toBe(expected);
    expect(printConfig(running)).not.toBe(printConfig(pump));
  });

  test("name each tag that is added, changed and removed, and the nodes that it touches", () => {
    const running = changeTags(pump, (tag) => {
      if (tag.name === "current") return { ...tag, decimal: 0.1 };
      return tag.name === "run" ? { ...tag, name: "old run" } : tag;
    });

    const diff = diffConfigs(pump, running);

    expect(diff.tags).toEqual({
      add: [{ node: "plc", group: "pumps", tag: "run" }],
      change: [{ node: "meters", group: "meter", tag: "current" }],
      remove: [{ node: "plc", group: "pumps", tag: "old run" }],
    });
    expect(diff.nodes).toEqual({ add: [], change: ["meters", "plc"], remove: [] });
    expect(diff.differences).toHaveLength(3);
  });

  test("show that a password changed but never the password", () => {
    const diff = diffConfigs(pump, configOf("other"));

    expect(diff.differences.map((one) => one.name)).toEqual(["password"]);
    expect(JSON.stringify(diff)).not.toMatch(/s3cret|other/);
  });

  test("keep 64-bit settings of unknown plugins apart", () => {
    const big = changeParams(pump, "plc", { serial: 9007199254740993n });
    const near = changeParams(pump, "plc", { serial: 9007199254740992n });

    expect(diffConfigs(big, big).equal).toBe(true);
    expect(diffConfigs(big, near).equal).toBe(false);
  });
});

describe("what is put on a gateway", () => {
  const foreign = {
    ...recorded.readBack,
    nodes: [
      ...recorded.readBack.nodes,
      { plugin: "eKuiper", name: "rules", support_import_tags: false, tags: "" },
    ],
    settings: [...recorded.readBack.settings, { node: "rules", params: { host: "0.0.0.0", port: 7081 } }],
    subscriptions: [
      ...recorded.readBack.subscriptions,
      {
        app: "rules",
        groups: [
          { driver: "plc3", group: "p1" },
          { driver: "gone", group: "g" },
        ],
      },
    ],
  };

  test("keeps nodes of other names as they are and replaces its own whole", () => {
    const merged = mergeConfig(pump, foreign);

    expect(merged.nodes.map((node) => node.name)).toEqual([
      "uplink",
      "meters",
      "plc",
      "plc1",
      "plc3",
      "rules",
    ]);
    expect(merged.settings.find((one) => one.node === "uplink")?.params.host).toBe("broker.example");
    expect(merged.settings.find((one) => one.node === "plc3")).toEqual(
      foreign.settings.find((one) => one.node === "plc3"),
    );
    expect(merged.subscriptions.find((one) => one.app === "rules")?.groups).toEqual([
      { driver: "plc3", group: "p1" },
    ]);
    expect(diffConfigs(merged, foreign).nodes.remove).toEqual([]);
  });

  test("is what already runs once it was applied", () => {
    const merged = mergeConfig(pump, foreign);

    expect(printConfig(mergeConfig(pump, merged))).toBe(printConfig(merged));
  });

  test("leaves out nodes that were retired, with what hangs on them", () => {
    const merged = mergeConfig(pump, foreign, ["plc3"]);

    expect(merged.nodes.map((node) => node.name)).not.toContain("plc3");
    expect(merged.subscriptions.map((one) => one.app)).toEqual(["uplink"]);
    expect(diffConfigs(merged, foreign).nodes.remove).toEqual(["plc3"]);
  });
});
