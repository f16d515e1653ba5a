import { describe, expect, test } from "vitest";
import { printConfig } from "#domain/gateway/printConfig.ts";
import { sealed, withoutSecrets } from "#domain/gateway/seal.ts";
import { neuronConfigOf } from "#domain/gateway/siteToNeuron.ts";
import type { Line, Site, Uplink } from "#domain/site/site.ts";
import type { Tag } from "#domain/tag/tag.ts";
import { plainTag, pumpSite } from "../site/pumpSite.ts";

function configOf(site: Site) {
  const config = neuronConfigOf(site, { uplinkPassword: "s3cret" });
  if (!config.ok) throw new Error(JSON.stringify(config.problem));
  return config.value;
}

function problemsOf(site: Site): readonly string[] {
  const config = neuronConfigOf(site, { uplinkPassword: "" });
  return config.ok ? [] : config.problem.map((one) => `${one.code} ${one.at?.field ?? ""}`.trim());
}

function withTag(tag: Partial<Tag>): Site {
  return { ...pumpSite, tags: [plainTag({ name: "t", ...tag })] };
}

function withUplink(uplink: Partial<Uplink>): Site {
  return { ...pumpSite, uplink: pumpSite.uplink && { ...pumpSite.uplink, ...uplink } };
}

function withLine(id: string, change: object): Site {
  const lines = pumpSite.lines.map((line) => (line.id === id ? ({ ...line, ...change } as Line) : line));
  return { ...pumpSite, lines };
}

describe("a site as a gateway's configuration", () => {
  test("has a node for every line with tags and one for the uplink", () => {
    expect(configOf(pumpSite).nodes.map((node) => [node.name, node.plugin])).toEqual([
      ["uplink", "MQTT"],
      ["meters", "Modbus RTU"],
      ["plc", "Modbus TCP"],
    ]);
  });

  test("sets a serial line in Neuron's numbers, with a timeout that its schema allows", () => {
    expect(configOf(pumpSite).settings.find((one) => one.node === "meters")?.params).toEqual({
      link: 0,
      device: "/dev/ttyS0",
      stop: 0,
      parity: 2,
      baud: 4,
      data: 3,
      timeout: 1000,
      interval: 20,
      max_retries: 0,
      retry_interval: 0,
      device_degrade: 0,
      endianess: 1,
      endianess_64: 1,
      address_base: 1,
    });
  });

  test("reaches a serial line behind a device server over the network", () => {
    const settings = configOf(withLine("l1", { gatewayPort: "tcp://10.0.0.9:4001" })).settings;

    expect(settings.find((one) => one.node === "meters")?.params).toMatchObject({
      link: 1,
      connection_mode: 0,
      host: "10.0.0.9",
      port: 4001,
    });
  });

  test("gives the gateway the client certificate and its key, and seals the key alone", () => {
    const site = withUplink({ clientCertificate: "-----BEGIN CERTIFICATE-----" });
    const config = neuronConfigOf(site, { uplinkPassword: "", uplinkKey: "-----BEGIN PRIVATE KEY-----" });
    if (!config.ok) throw new Error(JSON.stringify(config.problem));

    const params = (of: typeof config.value) => of.settings.find(({ node }) => node === "uplink")?.params;

    expect(params(config.value)).toMatchObject({
      cert: btoa("-----BEGIN CERTIFICATE-----"),
      key: btoa("-----BEGIN PRIVATE KEY-----"),
    });
    expect(params(withoutSecrets(config.value))).toMatchObject({
      cert: btoa("-----BEGIN CERTIFICATE-----"),
      key: sealed,
    });
  });

  test("sets the uplink with its cache on, the authority in base64 and no topic with a leading slash", () => {
    const params = configOf(pumpSite).settings[0]?.params ?? {};

    expect(params).toMatchObject({
      version: 5,
      "client-id": "nps-07",
      format: 0,
      upload_err: true,
      "offline-cache": true,
      host: "broker.example",
      password: "s3cret",
      ssl: true,
      ca: Buffer.from(pumpSite.uplink?.ca ?? "").toString("base64"),
    });
    expect(Object.entries(params).filter(([, value]) => String(value).startsWith("/"))).toEqual([]);
  });

  test("gives tags their Neuron types, access bits and factors", () => {
    const tags = configOf(pumpSite).tags.flatMap((group) => group.tags);

    expect(tags.map((tag) => [tag.name, tag.type, tag.attribute, tag.decimal, tag.address])).toEqual([
      ["voltage", 9, 1, 0, "1!400001#BL"],
      ["current", 4, 1, 0.01, "1!300008"],
      ["alarm", 11, 1, 0, "2!400015.3"],
      ["run", 11, 3, 0, "1!000001"],
      ["serial no", 13, 1, 0, "1!400021.10H"],
    ]);
  });

  test("subscribes each group to its topic", () => {
    expect(configOf(pumpSite).subscriptions).toEqual([
      {
        app: "uplink",
        groups: [
          { driver: "meters", group: "meter", params: { topic: "lastmile/Water/East/NPS-07/meters/meter" } },
          { driver: "plc", group: "pumps", params: { topic: "lastmile/Water/East/NPS-07/plc/pumps" } },
        ],
      },
    ]);
  });

  test("is the same to the byte whatever the order of lines, groups and tags", () => {
    const turned: Site = {
      ...pumpSite,
      lines: [...pumpSite.lines].reverse(),
      groups: [...pumpSite.groups].reverse(),
      tags: [...pumpSite.tags].reverse(),
    };

    expect(printConfig(configOf(turned))).toBe(printConfig(configOf(pumpSite)));
  });
});

describe("what a gateway would take and then do wrong", () => {
  test.each<[string, Site, readonly string[]]>([
    ["no tag", { ...pumpSite, tags: [] }, ["tags.none"]],
    ["no uplink", { ...pumpSite, uplink: null }, ["uplink.none"]],
    [
      "a unit beyond 247",
      withTag({ address: { unit: 300, area: "holding", offset: 0 } }),
      ["address.unitOutOfRange tags[0].address"],
    ],
    [
      "unit 0",
      withTag({ address: { unit: 0, area: "holding", offset: 0 } }),
      ["unit.broadcast tags[0].address"],
    ],
    [
      "a value that runs over the last register",
      withTag({ type: "uint32", address: { unit: 1, area: "holding", offset: 65_535 } }),
      ["address.registerOutOfRange tags[0].address"],
    ],
    [
      "an order that does not fit",
      withTag({ address: { unit: 1, area: "holding", offset: 0, order: "BL" } }),
      ["address.orderUnfit tags[0].address"],
    ],
    [
      "a number in coils",
      withTag({ address: { unit: 1, area: "coil", offset: 0 } }),
      ["address.typeUnfit tags[0].address"],
    ],
    ["a string without length", withTag({ type: "string" }), ["address.malformed tags[0].address"]],
    [
      "odd bytes",
      withTag({ type: "bytes", address: { unit: 1, area: "holding", offset: 0, length: 3 } }),
      ["address.malformed tags[0].address"],
    ],
    [
      "a bit of a coil",
      withTag({ type: "bit", address: { unit: 1, area: "coil", offset: 0, bit: 2 } }),
      ["address.malformed tags[0].address"],
    ],
    ["no access", withTag({ access: [] }), ["tag.accessUnfit tags[0].access"]],
    [
      "an input that is written",
      withTag({ access: ["write"], address: { unit: 1, area: "input", offset: 0 } }),
      ["tag.accessUnfit tags[0].access"],
    ],
    ["a scale of zero", withTag({ scale: 0 }), ["tag.numberInvalid tags[0].scale"]],
    ["a scale that is no number", withTag({ scale: Number.NaN }), ["tag.numberInvalid tags[0].scale"]],
    [
      "a precision beyond 17",
      withTag({ type: "float", precision: 18 }),
      ["tag.numberInvalid tags[0].precision"],
    ],
    [
      "a scaled bit",
      withTag({ type: "bit", scale: 10, address: { unit: 1, area: "coil", offset: 0 } }),
      ["tag.numberInvalid tags[0].scale"],
    ],
    ["a name of 128 bytes", withTag({ name: "电".repeat(43) }), ["tag.nameTooLong tags[0].name"]],
    ["no name", withTag({ name: "" }), ["tag.nameMissing tags[0].name"]],
    ["an unknown line", withTag({ line: "l9" }), ["tag.lineUnknown tags[0].line"]],
    ["an unknown group", withTag({ group: "none" }), ["group.unknown tags[0].group"]],
    [
      "a fast group",
      { ...pumpSite, groups: pumpSite.groups.map((group) => ({ ...group, intervalMs: 30 })) },
      ["group.intervalTooShort groups[0].intervalMs", "group.intervalTooShort groups[1].intervalMs"],
    ],
    ["a line without name", withLine("l1", { name: "" }), ["name.empty lines[0].name"]],
    ["a line named as the uplink", withLine("l1", { name: "uplink" }), ["name.duplicate lines[0].name"]],
    ["two lines of one name", withLine("l1", { name: "plc" }), ["name.duplicate lines[1].name"]],
    ["a long name", withLine("l1", { name: "x".repeat(128) }), ["text.tooLong lines[0].name"]],
    ["port 0", withLine("l2", { port: 0 }), ["line.settingsInvalid lines[1].port"]],
    [
      "a baud rate it does not know",
      withLine("l1", { settings: { baudRate: 14_400, parity: "none", dataBits: 8, stopBits: 1 } }),
      ["line.settingsInvalid lines[0].settings.baudRate"],
    ],
    [
      "a line that speaks ASCII",
      withLine("l1", {
        settings: { baudRate: 9600, parity: "even", dataBits: 7, stopBits: 1, mode: "ascii" },
      }),
      ["line.settingsInvalid lines[0].settings.mode"],
    ],
    [
      "a device path of 31 bytes",
      withLine("l1", { gatewayPort: "/dev/serial/by-id/usb-adapter-1" }),
      ["line.settingsInvalid lines[0].gatewayPort"],
    ],
    ["TLS without authority", withUplink({ ca: "" }), ["uplink.caMissing uplink.ca"]],
    ["a WebSocket", withUplink({ webSocketPath: "/mqtt" }), ["uplink.webSocketRefused uplink.webSocketPath"]],
    ["no broker", withUplink({ host: " " }), ["uplink.hostMissing uplink.host"]],
    ["no client id", withUplink({ clientId: "" }), ["name.empty uplink.clientId"]],
    [
      "a topic of 256 bytes",
      withUplink({ topic: "x".repeat(256) }),
      ["text.tooLong uplink.topic", "text.tooLong uplink.topic"],
    ],
  ])("is refused here: %s", (_, site, problems) => {
    expect(problemsOf(site)).toEqual(problems);
  });

  test("does not stop at the first problem", () => {
    expect(problemsOf({ ...withTag({ name: "", scale: 0, group: "meter" }), uplink: null })).toHaveLength(3);
  });
});
