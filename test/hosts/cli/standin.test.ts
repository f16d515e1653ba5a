import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import { brokers } from "#adapters/mqtt/brokers.ts";
import { defaultUplink } from "#domain/site/newSite.ts";
import { printSite } from "#domain/site/siteFile.ts";
import type { Tag } from "#domain/tag/tag.ts";
import { trainingPlan } from "#simulator/trainingPlan.ts";
import { trainingSite } from "#simulator/trainingSite.ts";
import { startMosquitto } from "#test/support/mosquitto.ts";
import { buildProgram, type Program, startProgram } from "#test/support/program.ts";
import { never } from "#test/support/serving.ts";
import { anyPlace } from "#test/support/standin/places.ts";
import { tempFolder } from "#test/support/tempFolder.ts";
import { until } from "#test/support/until.ts";

let program: Program;
beforeAll(async () => {
  program = await buildProgram("electron/hosts/cli/main.ts");
});
afterAll(() => program?.remove());

const level: Tag = {
  ...{ line: "plc", group: "tank", name: "level", type: "uint16", access: ["read"], unit: "" },
  address: { unit: 1, area: "holding", offset: 0 },
  ...{ scale: 1, bias: 0, precision: 0, description: "" },
};

/** A site file whose PLC answers and whose broker listens, and what the broker was sent. */
async function siteFile() {
  const broker = await startMosquitto();
  onTestFinished(() => broker.stop());
  const simulation = trainingSite();
  const plan = trainingPlan(await simulation.start());
  onTestFinished(() => simulation.stop());
  const { host, port } = broker;
  const groups = [{ line: "plc", name: "tank", intervalMs: 200 }];
  const uplink = { ...defaultUplink(plan), host, port, topic: "cli/{group}" };
  const lines = plan.lines.filter(({ id }) => id === "plc");
  const folder = await tempFolder();
  const path = join(folder, "a.site.json");
  await writeFile(path, printSite({ ...plan, training: false, lines, groups, uplink, tags: [level] }));
  const heard: string[] = [];
  const session = await brokers().connect({ ...anyPlace, port, clientId: "looker" }, never);
  onTestFinished(() => session.close());
  session.onMessage(({ payload }) => heard.push(Buffer.from(payload).toString()));
  await session.subscribe("cli/#", 1, never);
  return { path, folder, heard };
}

test("the stand-in publishes until Ctrl+C, which ends it well and says what it did", async () => {
  const { path, folder, heard } = await siteFile();
  const words = ["standin", path, "--format", "tags", "--json"];
  const child = startProgram(program.path, words, { LASTMILE_DATA: folder });
  onTestFinished(() => child.kill("SIGKILL"));
  await until(() => heard.length >= 3, "three messages", 20_000);

  child.kill("SIGINT");
  const { code, stdout } = await child.ended;

  expect(code).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({ good: true, choice: { format: "tags" } });
  expect(JSON.parse(heard[0] ?? "")).toMatchObject({ node: "plc", group: "tank", tags: [{ name: "level" }] });
}, 40_000);

test.each([[["--replay", "0"]], [["--gives-way", "all"]], [["--format", "xml"]]])(
  "wrong words are told before anything starts: %s",
  async (words) => {
    const { code, stderr } = await startProgram(program.path, ["standin", "training", ...words]).ended;

    expect([code, stderr]).toEqual([2, expect.stringContaining("usage")]);
  },
  20_000,
);
