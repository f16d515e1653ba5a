import { createServer, type Server } from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import { systemClock } from "#adapters/clock.ts";
import { nodeCrypto } from "#adapters/crypto/nodeCrypto.ts";
import { modbusLines } from "#adapters/modbus/lines.ts";
import { serialPorts } from "#adapters/serial/serialPorts.ts";
import type { Lines } from "#capabilities/line.ts";
import { createTable } from "#contract/table.ts";
import type { JobView } from "#contract/views.ts";
import { ProblemError } from "#domain/problem.ts";
import { jobRunner } from "#services/jobRunner.ts";
import { type NetworkDetail, privateHosts, scanNetwork } from "#services/scanNetwork.ts";
import { makeBank } from "#simulator/bank.ts";
import { servePlc } from "#simulator/plcServer.ts";
import { register } from "#simulator/points.ts";
import { until } from "#test/support/until.ts";

// Linux answers on all of 127/8, so that one machine is a whole network.
let port = 0;
const closing: (() => unknown)[] = [];
beforeAll(async () => {
  const bank = makeBank([register(0, () => 7)], () => 0);
  const first = await servePlc(bank, 1, "127.0.0.5", 0);
  port = first.port;
  const second = await servePlc(
    makeBank([], () => 0),
    1,
    "127.0.0.9",
    port,
  );
  closing.push(
    () => first.close(),
    () => second.close(),
  );
  const web = createServer((socket) => socket.on("error", () => undefined).end("220 ready\r\n"));
  await new Promise<Server>((resolve) => web.listen(port, "127.0.0.7", () => resolve(web)));
  closing.push(() => web.close());
});
afterAll(async () => {
  for (const close of closing.reverse()) await close();
});

function searching(range: string, perSecond: number) {
  const jobs = createTable<JobView>();
  const opened: string[] = [];
  const real = modbusLines(serialPorts());
  const lines: Lines = {
    open(place, signal) {
      if (place.kind === "tcp") opened.push(place.host);
      return real.open(place, signal);
    },
  };
  const crypto = nodeCrypto();
  const runner = jobRunner({ jobs, clock: systemClock, crypto, record: async () => undefined });
  const hosts = privateHosts(range);
  const detail: NetworkDetail = { kind: "network", range, port, hosts: hosts.length, asked: 0, found: [] };
  const id = runner.start(detail, (job) =>
    scanNetwork(hosts, { port, perSecond }, { lines, clock: systemClock }, job),
  );
  const ended = runner.ended(id) as Promise<JobView & { detail: NetworkDetail }>;
  return { opened, ended, jobs, id, cancel: () => runner.cancel(id) };
}

test("hosts that speak Modbus are found, an open port that does not is told apart, and nobody else is asked", async () => {
  const { opened, ended } = searching("127.0.0.0/28", 200);

  const { state, detail } = await ended;

  expect(state).toBe("done");
  expect(detail).toMatchObject({ hosts: 14, asked: 14 });
  expect(detail.found).toMatchObject([
    { host: "127.0.0.5", port, speaksModbus: true, unit: 1 },
    { host: "127.0.0.7", port, speaksModbus: false, unit: null },
    { host: "127.0.0.9", port, speaksModbus: true, unit: 1, latencyMs: null },
  ]);
  expect(opened).toEqual(Array.from({ length: 14 }, (_, index) => `127.0.0.${index + 1}`));
});

test("no more hosts are asked a second than was said", async () => {
  const startedAt = performance.now();

  await searching("127.0.0.10-127.0.0.15", 10).ended;

  expect(performance.now() - startedAt).toBeGreaterThan(490);
});

test("a search that is cancelled asks nobody any more", async () => {
  const { opened, ended, cancel } = searching("127.0.1.0/24", 20);
  await until(() => opened.length >= 3, "hosts asked");

  cancel();

  expect((await ended).state).toBe("cancelled");
  const asked = opened.length;
  expect(asked).toBeLessThan(50);
  await searching("127.0.0.14", 20).ended;
  expect(opened).toHaveLength(asked);
});

test("a range outside of private networks needs a word more", () => {
  expect(() => privateHosts("8.8.8.0/28")).toThrow(ProblemError);
  expect(privateHosts("8.8.8.0/28", true)).toHaveLength(14);
});
