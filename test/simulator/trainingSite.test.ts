import { readFileSync } from "node:fs";
import { connectAsync } from "mqtt";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { neuronConfigOf } from "#domain/gateway/siteToNeuron.ts";
import { readRequest } from "#domain/modbus/pdu.ts";
import { hasValidCrc, parseRtuFrame, rtuFrame } from "#domain/modbus/rtuFrame.ts";
import { exchangeMs } from "#domain/modbus/timing.ts";
import type { Site } from "#domain/site/site.ts";
import { planGatewayReads } from "#simulator/gateway/driver/reads.ts";
import { socketPipe } from "#simulator/socketPipe.ts";
import { trainingPlan, trainingPort, trainingSettings } from "#simulator/trainingPlan.ts";
import { type TrainingSitePlace, trainingSite } from "#simulator/trainingSite.ts";
import { readTagTable } from "#test/domain/tables/reading.ts";
import { until } from "#test/support/until.ts";
import { type GatewayClient, signIn } from "./gatewayClient.ts";

const csv = readFileSync(new URL("../../resources/training-site/tags.csv", import.meta.url), "utf8");

function designed(place: TrainingSitePlace): Site {
  const plan = trainingPlan(place);
  const { tags } = readTagTable(csv, { lines: plan.lines, defaultLine: "rtu", existing: [] });
  return { ...plan, tags };
}

describe("the training site", () => {
  const training = trainingSite({ seed: 7 });
  let place: TrainingSitePlace;
  let gateway: GatewayClient;
  let site: Site;

  beforeAll(async () => {
    place = await training.start();
    gateway = await signIn(place.gatewayUrl);
    site = designed(place);
  });
  afterAll(() => training.stop());

  test("gives the same place when started twice", async () => {
    expect(await training.start()).toEqual(place);
  });

  test("ships a table of exactly 40 tags of every kind, without a problem", () => {
    const table = readTagTable(csv, { lines: site.lines, defaultLine: "rtu", existing: [] });

    expect(table.problems).toEqual([]);
    expect(table.tags).toHaveLength(40);
    const kinds = new Set(table.tags.map(({ type }) => type));
    for (const kind of ["float", "int16", "uint16", "uint32", "uint64", "int64", "double", "bit", "string"]) {
      expect(kinds).toContain(kind);
    }
  });

  test("keeps the line busy for less than 60 % of the shortest interval", () => {
    const config = neuronConfigOf(site, { uplinkPassword: "" });
    if (!config.ok) throw new Error(JSON.stringify(config.problem));
    const groups = config.value.tags.filter(({ driver }) => driver === "rtu");
    const reads = groups.flatMap(({ tags }) => planGatewayReads(tags, 1));
    // Turnaround, and the 20 ms that the gateway leaves between frames; the probe's mean is 60 ms.
    const busyMs = reads.map(({ area, count, unit }) => {
      const data = area === "coil" || area === "discrete" ? Math.ceil(count / 8) : count * 2;
      return exchangeMs(trainingSettings, 8, 5 + data, unit === 42 ? 60 : 6) + 20;
    });

    expect(reads.length).toBeGreaterThan(4);
    expect(busyMs.reduce((sum, ms) => sum + ms, 0)).toBeLessThan(600);
  });

  test("takes the designed configuration, reads all 40 tags and publishes every group", async () => {
    const config = neuronConfigOf(site, { uplinkPassword: "" });
    if (!config.ok) throw new Error(JSON.stringify(config.problem));
    const cloud = await connectAsync(`mqtt://${place.broker.host}:${place.broker.port}`);
    const topics = new Set<string>();
    cloud.on("message", (topic, payload) => {
      if (payload.includes('"errors": {}')) topics.add(topic);
    });
    await cloud.subscribeAsync("lastmile/#");

    const put = await gateway.call("PUT", "global/config", config.value);
    expect(put).toEqual({ status: 200, text: '{"error": 0}' });

    const good = new Set<string>();
    const readAll = async () => {
      for (const { driver, group } of config.value.groups) {
        const tags = await gateway.read(driver, group);
        for (const [name, { value }] of Object.entries(tags)) if (value !== undefined) good.add(name);
      }
      return good.size === 40;
    };
    await until(readAll, "a value of each of the 40 tags", 12_000);
    await until(() => topics.size === 5, "a message without errors of each group", 12_000);
    cloud.end(true);
  }, 30_000);

  test("opens its line in this process and over TCP, where the meter says who it is", async () => {
    const signal = new AbortController().signal;
    const [port] = await training.ports.list();
    const inside = await training.ports.open(port?.path ?? "", trainingSettings, signal);
    const outside = await socketPipe("127.0.0.1", Number(new URL(place.linePort).port));
    if (outside === undefined) throw new Error("the line has no TCP front");
    for (const pipe of [inside, outside]) {
      const heard: number[] = [];
      pipe.onBytes((bytes) => void heard.push(...bytes));
      const identity = () => new TextDecoder().decode(Uint8Array.from(heard));
      // The gateway polls the same line, so a request may collide: like a person, ask again.
      await until(async () => {
        await pipe.write(rtuFrame(1, Uint8Array.of(17)));
        await new Promise((resolve) => setTimeout(resolve, 150));
        return identity().includes("Lastmile Training Meter 3.3");
      }, "the meter's identity");
      await pipe.close();
    }
    expect(port).toMatchObject({ path: trainingPort, label: "Training line", simulated: true });
    await expect(training.ports.open("COM9", trainingSettings, signal)).rejects.toMatchObject({
      fault: { code: "line.portMissing" },
    });
  });
});

describe("a fault of the training site", () => {
  test("damages frames with noise, lets a second master be heard, and sets the gateway's clock back", async () => {
    const training = trainingSite({ faults: ["crcNoise", "secondMaster", "clock1970"] });
    const place = await training.start();
    const pipe = await training.ports.open(trainingPort, trainingSettings, new AbortController().signal);
    let frame: number[] = [];
    let lastAtMs = 0;
    const frames: Uint8Array[] = [];
    pipe.onBytes((bytes, atMs) => {
      if (atMs - bytes.length * 0.6 - lastAtMs > 2) frames.push(Uint8Array.from(frame.splice(0)));
      frame.push(...bytes);
      lastAtMs = atMs;
    });
    const request = rtuFrame(1, readRequest("holding", 0, 6));

    await until(() => frames.some((heard) => Buffer.from(heard).equals(request)), "the second master");
    const ask = rtuFrame(3, readRequest("holding", 0, 8));
    await until(
      async () => {
        await pipe.write(ask);
        await new Promise((resolve) => setTimeout(resolve, 60));
        return frames.some((heard) => heard.length === 21 && !hasValidCrc(heard));
      },
      "a damaged reply",
      15_000,
    );
    const login = await fetch(`${place.gatewayUrl}/api/v2/login`, {
      method: "POST",
      body: '{"name":"admin","pass":"0000"}',
    });
    const [, payload = ""] = ((await login.json()) as { token: string }).token.split(".");
    expect(JSON.parse(Buffer.from(payload, "base64url").toString()).iat).toBeLessThan(3600);

    frame = [];
    await pipe.close();
    await training.stop();
  }, 25_000);

  test("lets two units answer to one number, so that nobody understands them", async () => {
    const training = trainingSite({ faults: ["duplicateUnit"] });
    await training.start();
    const pipe = await training.ports.open(trainingPort, trainingSettings, new AbortController().signal);
    const heard: number[] = [];
    pipe.onBytes((bytes) => void heard.push(...bytes));

    await pipe.write(rtuFrame(3, readRequest("holding", 0, 8)));
    await until(() => heard.length > 21, "two replies at once");
    expect(parseRtuFrame(Uint8Array.from(heard.slice(0, 21)))).toBeUndefined();

    training.setFault("duplicateUnit", false);
    await new Promise((resolve) => setTimeout(resolve, 60));
    heard.length = 0;
    await pipe.write(rtuFrame(3, readRequest("holding", 0, 8)));
    await until(() => heard.length === 21, "one reply");
    expect(parseRtuFrame(Uint8Array.from(heard))?.unit).toBe(3);
    await training.stop();
  });
});
