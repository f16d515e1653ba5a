import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { configSchema } from "#domain/gateway/configSchema.ts";
import { abilitiesOf } from "#domain/gateway/dialect.ts";
import { diffConfigs } from "#domain/gateway/diff.ts";
import { mergeConfig } from "#domain/gateway/merge.ts";
import type { NeuronConfig, NeuronTag } from "#domain/gateway/neuronConfig.ts";
import { takeOver } from "#domain/gateway/neuronToSite.ts";
import { neuronConfigOf } from "#domain/gateway/siteToNeuron.ts";
import { editSite } from "#domain/site/edit.ts";
import { newSite } from "#domain/site/newSite.ts";
import type { Group, Line, Site, Uplink } from "#domain/site/site.ts";
import { parseSite, printSite } from "#domain/site/siteFile.ts";
import { topicOf } from "#domain/site/topic.ts";
import type { Address } from "#domain/tag/address.ts";
import type { Tag, TagType } from "#domain/tag/tag.ts";
import { ordersOf } from "#domain/tag/width.ts";
import { plcConfig } from "#test/adapters/gateway/plcConfig.ts";
import { pumpSite } from "../site/pumpSite.ts";

const gateway = abilitiesOf("Neuron", "2.15.1");
const empty = newSite("taken", "Taken", []);

/** The site after it took over, through its file and back: what a person would have the next day. */
function siteOf(config: NeuronConfig, before: Site = empty) {
  const { taken, secrets, notes } = takeOver(before, config, gateway);
  const edited = editSite(before, { kind: "takeOver", taken });
  if (!edited.ok) throw new Error(edited.problem.code);
  const read = parseSite(printSite(edited.value));
  if (!read.ok) throw new Error(JSON.stringify(read.problem[0]));
  expect(read.value).toEqual(edited.value);
  return { site: read.value, secrets, notes };
}

function configOf(site: Site, password = "", key = ""): NeuronConfig {
  const config = neuronConfigOf(site, { uplinkPassword: password, uplinkKey: key }, gateway);
  if (!config.ok) throw new Error(JSON.stringify(config.problem));
  return config.value;
}

/** What applying the taken site would change on the gateway that it was taken from. */
function drift(config: NeuronConfig) {
  const { site, secrets, notes } = siteOf(config);
  const wanted = configOf(site, secrets.password, secrets.key);
  return { differences: diffConfigs(mergeConfig(wanted, config), config).differences, site, secrets, notes };
}

describe("a site that went to a gateway and comes back", () => {
  test("is the same in all that a gateway keeps, for a thousand tags' worth of sites", () => {
    fc.assert(
      fc.property(sites(), (site) => {
        const back = siteOf(configOf(site, "pass", site.uplink?.clientCertificate ? "KEY" : ""), {
          ...site,
          groups: [],
          tags: [],
        });

        expect(back.site.kept).toEqual({
          labels: [],
          settings: [],
          groups: [],
          tags: [],
          subscriptions: [],
        });
        const { kept: _, ...rest } = back.site;
        expect(rest).toEqual(site);
        expect(back.secrets.password).toBe("pass");
      }),
      { numRuns: 150 },
    );
  });

  test("keeps what a gateway does not know: units, the laptop's port, a short time-out", () => {
    const tags = pumpSite.tags.map(({ manual: _, ...tag }) => tag);

    expect(siteOf(configOf(pumpSite), { ...pumpSite, tags: [] }).site).toMatchObject({
      lines: [pumpSite.lines[0], { ...pumpSite.lines[1], units: [{ number: 1 }] }, pumpSite.lines[2]],
      tags,
    });
  });

  test("says lines, groups, tags and topics to a site that knows nothing of them", () => {
    const { site } = siteOf(configOf(pumpSite));

    expect(site.lines.map((line) => [line.name, line.kind, line.units.map((unit) => unit.number)])).toEqual([
      ["meters", "serial", [1, 2]],
      ["plc", "tcp", [1]],
    ]);
    expect(site.tags.map((tag) => tag.name)).toEqual(pumpSite.tags.map((tag) => tag.name));
    expect(site.lines.map((line, index) => topicOf(site, line, ["meter", "pumps"][index] ?? ""))).toEqual([
      "lastmile/Water/East/NPS-07/meters/meter",
      "lastmile/Water/East/NPS-07/plc/pumps",
    ]);
    expect(site.uplink?.topic).toBe("lastmile/Water/East/NPS-07/{line}/{group}");
  });
});

describe("what ran on a gateway and goes back", () => {
  const vectors = new URL("../../vectors/", import.meta.url);
  const recorded = readFileSync(new URL("gateway/neuron-2.15.1.jsonl", vectors), "utf8")
    .split("\n")
    .flatMap((line, index) => {
      if (!line.includes('"/api/v2/global/config"') || !line.includes('"GET"')) return [];
      const { responseBody } = JSON.parse(line) as { responseBody: string };
      const config = configSchema.safeParse(JSON.parse(responseBody));
      return config.success && config.data.tags.length > 0
        ? [[`recorded in line ${index + 1}`, config.data as NeuronConfig] as const]
        : [];
    });
  const trip = JSON.parse(readFileSync(new URL("neuron/config-round-trip.json", vectors), "utf8"));

  test("was recorded more than once", () => expect(recorded.length).toBeGreaterThan(2));

  test.each([
    ...recorded,
    ["a round trip", configSchema.parse(trip.readBack) as NeuronConfig] as const,
    ["a PLC with little said of it", plcConfig({ host: "10.0.0.5", port: 502 })] as const,
  ])("is the same: %s", (_, config) => {
    const { differences } = drift(config);

    expect(differences).toEqual([]);
  });

  test("keeps settings, labels, topics and static tags that a site has no word for", () => {
    const base = plcConfig({ host: "10.0.0.5", port: 502 });
    const config: NeuronConfig = {
      ...base,
      nodes: [
        { plugin: "MQTT", name: "north", support_import_tags: false, tags: "cloud" },
        { plugin: "Modbus TCP", name: "plc", support_import_tags: false, tags: "hall 1,press" },
        { plugin: "Siemens S7", name: "press", support_import_tags: false, tags: "" },
      ],
      groups: [
        ...base.groups,
        { driver: "plc", group: "quiet", tag_count: 1, interval: 30 },
        { driver: "plc", group: "bare", tag_count: 0, interval: 700 },
        { driver: "press", group: "all", tag_count: 0, interval: 100 },
      ],
      tags: [
        ...base.tags,
        { driver: "plc", group: "quiet", tags: [raw({ name: "odd", type: 12 }), raw({ name: " led " })] },
      ],
      subscriptions: [
        {
          app: "north",
          groups: [
            { driver: "plc", group: "all", static_tags: { hall: "1" } },
            { driver: "press", group: "all", params: { topic: "press/all" } },
          ],
        },
      ],
      settings: [
        {
          node: "north",
          params: {
            ...(base.settings[0]?.params as object),
            format: 2,
            qos: 2,
            password: "s3cret",
            keypass: "hush",
            "write-req-topic": "/w/req",
          },
        },
        {
          node: "plc",
          params: {
            ...(base.settings[1]?.params as object),
            max_retries: 3,
            retry_interval: 5,
            timeout: 500,
          },
        },
        { node: "press", params: { host: "10.0.0.9" } },
      ],
    };

    const { differences, site, secrets, notes } = drift(config);

    // Lastmile has no place for this one: said, and asked for again.
    expect(differences.map(({ node, name }) => `${node} ${name}`)).toEqual(["north keypass"]);
    expect(secrets.password).toBe("s3cret");
    expect(printSite(site)).not.toMatch(/s3cret|hush/);
    expect(new Set(notes.map(({ code }) => code))).toEqual(
      new Set([
        "take.nodeStays",
        "take.tagKept",
        "take.groupKept",
        "take.groupUnpublished",
        "take.topicKept",
        "take.settingsKept",
        "take.secretSealed",
        "take.secretLeft",
      ]),
    );
  });

  test("has its byte order at each tag, and registers counted from 1, where its node said otherwise", () => {
    const base = plcConfig({ host: "10.0.0.5", port: 502 });
    const settings = base.settings.map((setting) =>
      setting.node === "plc"
        ? { ...setting, params: { ...setting.params, endianess: 4, endianess_64: 3, address_base: 0 } }
        : setting,
    );
    const tags = [
      raw({ name: "f", type: 9, address: "1!400000" }),
      raw({ name: "said", type: 9, address: "1!400002#LB" }),
      raw({ name: "d", type: 10, address: "1!400004" }),
      raw({ name: "word", type: 3, address: "1!400008" }),
      raw({ name: "misread", type: 12, address: "1!400009" }),
    ];
    const config = { ...base, settings, tags: [{ driver: "plc", group: "all", tags }] };

    const { site, notes } = siteOf(config);

    expect(configOf(site).tags[0]?.tags.map((tag) => tag.address)).toEqual([
      "1!400001#BL",
      "1!400003#LB",
      "1!400005#BB",
      "1!400009",
      "1!400010",
    ]);
    expect(configOf(site).settings.find(({ node }) => node === "plc")?.params).toMatchObject({
      address_base: 1,
      endianess: 1,
      endianess_64: 1,
    });
    expect(notes).toContainEqual({ code: "take.orderWritten", facts: { node: "plc", tags: 3 } });
  });

  test("gives way to what a person changes afterwards", () => {
    const base = plcConfig({ host: "10.0.0.5", port: 502 });
    const config = {
      ...base,
      subscriptions: [{ app: "uplink", groups: [{ driver: "plc", group: "all" }] }],
      settings: base.settings.map((one) => ({ ...one, params: { ...one.params, timeout: 90_000 } })),
    };
    const { site } = siteOf(config);
    expect(topicOf(site, site.lines[0] as Line, "all")).toBe("/neuron/uplink/plc/all");

    const line = { ...(site.lines[0] as Line), timeoutMs: 2000 };
    const changed = { ...site, lines: [line], uplink: { ...(site.uplink as Uplink), topic: "own/{group}" } };

    expect(configOf(site).settings.find(({ node }) => node === "plc")?.params.timeout).toBe(90_000);
    expect(configOf(changed).settings.find(({ node }) => node === "plc")?.params.timeout).toBe(2000);
    expect(configOf(changed).subscriptions[0]?.groups[0]?.params).toEqual({ topic: "own/all" });
  });

  test.each<[string, object]>([
    ["waits for devices to call", { connection_mode: 1 }],
    ["was never given a host", { host: undefined }],
  ])("a node that %s stays on the gateway, and is named", (_, params) => {
    const base = plcConfig({ host: "10.0.0.5", port: 502 });
    const settings = base.settings.map((one) =>
      one.node === "plc" ? { ...one, params: { ...one.params, ...params } } : one,
    );

    const { taken, notes } = takeOver(empty, { ...base, settings }, gateway);

    expect(taken.lines).toEqual([]);
    expect(notes).toContainEqual({
      code: "take.nodeStays",
      facts: { node: "plc", plugin: "Modbus TCP" },
    });
  });
});

function raw(given: Partial<NeuronTag>): NeuronTag {
  return {
    type: 3,
    name: "tag",
    attribute: 1,
    precision: 0,
    decimal: 0,
    bias: 0,
    address: "1!400001",
    description: "",
    unit: "",
    ...given,
  };
}

/** Sites in every way that a gateway can be told. */
function sites(): fc.Arbitrary<Site> {
  const word = fc.stringMatching(/^[a-z电泵][a-z0-9 电-]{0,9}[a-z0-9]$/);
  const line = fc.oneof(
    fc.record({
      kind: fc.constant("tcp" as const),
      host: fc.domain(),
      port: fc.integer({ min: 1, max: 65_535 }),
    }),
    fc.record({
      kind: fc.constant("serial" as const),
      port: fc.constant("/dev/ttyUSB0"),
      gatewayPort: fc.constantFrom("/dev/ttyS0", "/dev/ttyS1", "tcp://10.0.0.9:4001"),
      settings: fc.record({
        baudRate: fc.constantFrom(9600, 19_200, 115_200, 1200),
        parity: fc.constantFrom("none" as const, "even" as const, "odd" as const),
        dataBits: fc.constantFrom(7 as const, 8 as const),
        stopBits: fc.constantFrom(1 as const, 2 as const),
      }),
    }),
  );
  const tag = fc
    .constantFrom<TagType>("int16", "uint16", "int32", "uint32", "int64", "uint64", "float", "double", "bit")
    .chain((type) =>
      fc.record({
        type: fc.constant(type),
        address: fc.record({
          unit: fc.integer({ min: 1, max: 247 }),
          area: fc.constant(type === "bit" ? ("coil" as const) : ("holding" as const)),
          offset: fc.integer({ min: 0, max: 65_000 }),
          ...(type === "bit" ? {} : { order: fc.constantFrom(undefined, ...ordersOf(type)) }),
        }),
        access: fc.subarray(["read", "write", "subscribe"] as const, { minLength: 1 }),
        ...(type === "bit"
          ? { scale: fc.constant(1), bias: fc.constant(0), precision: fc.constant(0) }
          : {
              scale: fc.constantFrom(1, 0.1, -10, 0.001),
              bias: fc.constantFrom(0, 100, -2.5),
              precision: fc.integer({ min: 0, max: 17 }),
            }),
        unit: fc.constantFrom("", "kPa", "°C"),
        description: fc.constantFrom("", "水位", "level of the tank"),
      }),
    );
  const shape = fc.record({
    lines: fc.uniqueArray(fc.tuple(word, line), { minLength: 1, maxLength: 4, selector: ([name]) => name }),
    groups: fc.array(fc.tuple(word, fc.integer({ min: 30, max: 100_000 })), { minLength: 1, maxLength: 5 }),
    tags: fc.array(fc.tuple(fc.nat(), fc.nat(), word, tag), { minLength: 1, maxLength: 25 }),
    uplink: fc.record({
      host: fc.domain(),
      port: fc.integer({ min: 1, max: 65_535 }),
      version: fc.constantFrom("3.1.1" as const, "5" as const),
      clientId: word,
      username: fc.constantFrom("", "nps"),
      qos: fc.constantFrom(0 as const, 1 as const, 2 as const),
      format: fc.constantFrom("values" as const, "tags" as const),
      topic: fc.constantFrom("lastmile/{site}/{line}/{group}", "plant/{group}", "a/{line}/b/{group}"),
    }),
    tls: fc.boolean(),
    path: fc.constantFrom([], ["Water", "East", "NPS-07"]),
  });
  return shape.map(({ lines: named, groups: intervals, tags: drawn, uplink, tls, path }): Site => {
    const all = named.map(([name, more], index): Line => {
      return { id: `l${index}`, name: `${name}${index}`, units: [], timeoutMs: 1000, ...more };
    });
    const groups = new Map<string, Group>();
    const tags = new Map<string, Tag>();
    for (const [atLine, atGroup, name, more] of drawn) {
      const { id } = all[atLine % all.length] as Line;
      const [group, intervalMs] = intervals[atGroup % intervals.length] as [string, number];
      const { order, ...place } = more.address as Address;
      const address: Address = order === undefined ? place : { ...place, order };
      groups.set(`${id}/${group}`, groups.get(`${id}/${group}`) ?? { line: id, name: group, intervalMs });
      tags.set(`${id}/${group}/${name}`, { line: id, group, name, ...more, address } as Tag);
    }
    const used = [...tags.values()].map((tag) => tag.line);
    const lines = all
      .filter((one) => used.includes(one.id))
      .map((one) => ({
        ...one,
        units: [...new Set([...tags.values()].filter((t) => t.line === one.id).map((t) => t.address.unit))]
          .sort((a, b) => a - b)
          .map((number) => ({ number, name: "", identity: "" })),
      }));
    const inOrder = <T extends { line: string }>(
      items: readonly T[],
      next: (a: T, b: T) => number = () => 0,
    ) => lines.flatMap(({ id }) => items.filter((item) => item.line === id).toSorted(next));
    const ordered = inOrder([...groups.values()]);
    return {
      ...newSite("any", "Any", path),
      lines,
      groups: ordered,
      tags: ordered.flatMap(({ line: id, name }) =>
        [...tags.values()].filter((one) => one.line === id && one.group === name),
      ),
      uplink: {
        ...uplink,
        tls,
        ca: tls ? "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n" : "",
        ...(tls && { clientCertificate: "-----BEGIN CERTIFICATE-----\nMIIC\n-----END CERTIFICATE-----\n" }),
      },
    };
  });
}
