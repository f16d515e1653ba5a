import { createHash } from "node:crypto";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { templateOf } from "#domain/clone/cloneSite.ts";
import { readCloneTable } from "#domain/clone/cloneTable.ts";
import { type Clone, planClones } from "#domain/clone/planClones.ts";
import { siteDifferences } from "#domain/clone/siteDifferences.ts";
import { newBridge } from "#domain/gateway/nanomq/newBridge.ts";
import type { Problem } from "#domain/problem.ts";
import type { Result } from "#domain/result.ts";
import type { Site } from "#domain/site/site.ts";
import { topicOf } from "#domain/site/topic.ts";
import { runThrough } from "#domain/sliced.ts";
import { trainingPlan } from "#simulator/trainingPlan.ts";

const sha256 = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");
const plan = trainingPlan({
  serialPort: "/dev/ttyUSB0",
  plc: { host: "192.168.1.20", port: 502 },
  gatewayUrl: "http://{{ip}}:7000",
  broker: { host: "broker.example", port: 1883 },
});
const template: Site = {
  ...plan,
  id: "pump",
  name: "Pump",
  training: false,
  tags: [
    {
      line: plan.lines[0]?.id ?? "",
      group: plan.groups[0]?.name ?? "",
      name: "level",
      address: { unit: 1, area: "holding", offset: 0 },
      type: "uint16",
      access: ["read"],
      scale: 1,
      bias: 0,
      precision: 0,
      unit: "mm",
      description: "Level of {{tank}}",
    },
  ],
};

function cloned(text: string, site = template): Result<readonly Clone[], readonly Problem[]> {
  const table = runThrough(readCloneTable(text));
  if (!table.ok) return table;
  const head = templateOf(site, table.value);
  return head.ok ? runThrough(planClones(head.value, table.value, sha256)) : head;
}

function sites(text: string): readonly Clone[] {
  const made = cloned(text);
  if (!made.ok) throw new Error(JSON.stringify(made.problem));
  return made.value;
}

function problems(text: string, site?: Site): readonly object[] {
  const made = cloned(text, site);
  return made.ok ? [] : made.problem;
}

test("a row is the template with its variables and fields filled in, and nothing else", () => {
  const [one, two] = sites(
    "name;path;ip;tank;serial;lines.plc.host;lines.plc.port;note\n" +
      "North;Water/East/North;10.0.1.2;tank 4;GW-1;10.0.1.3;1502;by the gate\n" +
      "South;Water/East/South;10.0.2.2;tank 5;GW-2;10.0.2.3;502;\n",
  );

  expect(one?.site).toMatchObject({
    name: "North",
    path: ["Water", "East", "North"],
    note: "by the gate",
    gateway: { url: "http://10.0.1.2:7000" },
  });
  expect(one?.site.lines[1]).toMatchObject({ host: "10.0.1.3", port: 1502 });
  expect(one?.site.tags[0]?.description).toBe("Level of tank 4");
  expect(one?.serial).toBe("GW-1");
  const fields = siteDifferences(one?.site as Site, two?.site as Site).map(({ field }) => field);
  expect(fields).toEqual([
    "id",
    "name",
    "path.3",
    "note",
    "gateway.url",
    "lines.plc.host",
    "lines.plc.port",
    "uplink.clientId",
    expect.stringMatching(/^tags\..*level\.description$/),
  ]);
});

test("two sites of one template do not throw each other's bridge off the broker in the cloud", () => {
  const bridge = newBridge(template, { url: "http://{{ip}}:8081", user: "admin" });
  const made = cloned("name,path,ip,tank\na-1,W/a,10.0.0.1,t\na-2,W/b,10.0.0.2,t", { ...template, bridge });
  const bridges = made.ok ? made.value.map(({ site }) => site.bridge) : [];

  expect(bridges.map((one) => one?.url)).toEqual(["http://10.0.0.1:8081", "http://10.0.0.2:8081"]);
  expect(new Set(bridges.map((one) => one?.clientId)).size).toBe(2);
});

test("ids, client ids, topics and file names are of one site alone, and the same the next time", () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(fc.stringMatching(/^[a-z]{2,8}-[0-9]{1,6}$/), { minLength: 1, maxLength: 30 }),
      (names) => {
        const text = `name,path,ip,tank\n${names.map((name) => `${name},W/${name},h,t`).join("\n")}`;
        const made = cloned(text);
        // Names that the eye takes for one are refused; what is made is unlike in all that matters.
        if (!made.ok) return made.problem.every(({ code }) => code === "clone.notUnique");
        const count = (of: (clone: Clone) => string) => new Set(made.value.map(of)).size;
        expect(count(({ site }) => site.id)).toBe(names.length);
        expect(count(({ site }) => site.uplink?.clientId ?? "")).toBe(names.length);
        expect(count(({ slug }) => slug)).toBe(names.length);
        const topics = made.value.flatMap(({ site }) =>
          site.groups.map((group) =>
            topicOf(site, site.lines.find(({ id }) => id === group.line) ?? { id: "", name: "" }, group.name),
          ),
        );
        expect(new Set(topics).size).toBe(topics.length);
        expect(sites(text)).toEqual(made.value);
        return true;
      },
    ),
    { numRuns: 50 },
  );
});

describe("a table that does not fit makes nothing, and says where", () => {
  const head = "name,path,ip,tank";
  const row = "North,A/North,10.0.1.2,4";

  test.each<readonly [string, string, object]>([
    ["no name column", "ip,tank\n1,2", { code: "table.columnMissing", columns: "name" }],
    ["no rows", "name,ip,tank\n", { code: "table.empty" }],
    ["a column twice", `${head},ip\n${row},1`, { code: "clone.columnTwice", column: "ip" }],
    [
      "an unknown column",
      `${head},colour\n${row},red`,
      { code: "clone.columnUnknown", at: { row: 1, column: "colour" } },
    ],
    ["a password", `${head},uplink.password\n${row},x`, { code: "clone.columnSecret" }],
    [
      "a variable without a column",
      "name,path,ip\nNorth,A,1",
      { code: "clone.variableMissing", variable: "tank" },
    ],
    [
      "an empty cell",
      `${head}\nNorth,A,,4`,
      { code: "clone.cellMissing", column: "ip", at: { row: 2, column: "ip" } },
    ],
    [
      "a port that is none",
      `${head},lines.plc.port\n${row},99999`,
      { code: "file.notASite", at: { row: 2, field: "lines.1.port" } },
    ],
    [
      "words for a number",
      `${head},lines.plc.port\n${row},many`,
      { code: "file.notASite", at: { row: 2, field: "lines.1.port" } },
    ],
    [
      "a name twice",
      `${head}\n${row}\n${row.replace("A/North", "A/B")}`,
      { code: "clone.notUnique", what: "name", row: 2, at: { row: 3 } },
    ],
    [
      "names alike",
      `${head}\n${row}\n${row.replaceAll("North", "Nοrth")}`,
      { code: "clone.notUnique", what: "name" },
    ],
    [
      "one topic for two",
      `${head}\n${row}\n${row.replace("North", "South")}`,
      { code: "clone.notUnique", what: "topic", at: { row: 3 } },
    ],
    [
      "one gateway for two",
      `${head},serial\n${row},GW\n${row.replaceAll("North", "South")},GW`,
      { code: "clone.notUnique", what: "serial" },
    ],
    [
      "no gateway's key",
      `${head},key\n${row},abc`,
      { code: "clone.keyInvalid", at: { row: 2, column: "key" } },
    ],
  ])("%s", (_, text, problem) => {
    expect(problems(text)).toContainEqual(expect.objectContaining(problem));
  });

  test("a template that its gateway would refuse is refused for every row", () => {
    const site = { ...template, uplink: template.uplink && { ...template.uplink, tls: true } };
    expect(problems(`${head}\n${row}`, site)).toContainEqual(
      expect.objectContaining({ code: "uplink.caMissing", at: { field: "uplink.ca", row: 2 } }),
    );
  });
});
