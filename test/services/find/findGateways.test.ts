import { afterAll, beforeAll, expect, test } from "vitest";
import { gatewayFinder } from "#adapters/gateway/gatewayFinder.ts";
import type { Announced, Discovery } from "#capabilities/discovery.ts";
import { answering } from "#test/adapters/gateway/answering.ts";
import { thrown } from "#test/support/thrown.ts";
import { type TestWorkbench, testWorkbench } from "#test/support/trainingWorkbench.ts";

let bench: TestWorkbench;
let gatewayPort: number;
let finder = gatewayFinder();
/** What the network around this machine is made to look like. */
let heard: readonly Announced[] = [];
const asked: string[] = [];

const discovery: Discovery = {
  networks: () => [{ name: "lo", address: "127.0.0.1", prefix: 24 }],
  neighbours: async () => new Map([["127.0.0.1", "02:00:00:00:00:07"]]),
  async announced(address) {
    asked.push(address);
    return heard;
  },
};

beforeAll(async () => {
  bench = await testWorkbench({
    change: () => ({ discovery, gatewayFinder: { ask: (host, signal) => finder.ask(host, signal) } }),
  });
  const { gatewayUrl } = await bench.simulation.start();
  gatewayPort = Number(new URL(gatewayUrl).port);
  await bench.call("site.create", { name: "Find", path: [] });
});
afterAll(async () => {
  await bench.close();
  await bench.simulation.stop();
});

const portOf = (url: string) => Number(new URL(url).port);
/** No program of the gateway's stack listens there. */
const nowhere = { Neuron: 9, NeuronEX: 9, eKuiper: 9, NanoMQ: 9 };

test("gateways of a range are found with version, name and hardware address, and nobody signs in", async () => {
  const kuiper = await answering(() => ({ body: { version: "2.4.0", os: "linux", upTimeSeconds: 7 } }));
  finder = gatewayFinder({ ...nowhere, Neuron: gatewayPort, eKuiper: portOf(kuiper.url) });
  heard = [
    { host: "127.0.0.1", name: "gw-7", service: "http" },
    { host: "127.0.0.9", name: "fresh", service: "ssh" },
    { host: "8.8.8.8", name: "elsewhere", service: "ssh" },
  ];

  const job = await bench.job("gateways", { range: "127.0.0.1-127.0.0.3", perSecond: 200 });

  const here = { host: "127.0.0.1", name: "gw-7", mac: "02:00:00:00:00:07", latencyMs: expect.any(Number) };
  expect(job).toMatchObject({ state: "done", good: true, done: 4, total: 4 });
  expect(job.detail).toEqual({
    ...{ kind: "gateways", range: "127.0.0.1-127.0.0.3", hosts: 4, asked: 4 },
    found: [
      { ...here, kind: "Neuron", url: `http://127.0.0.1:${gatewayPort}`, version: "" },
      { ...here, kind: "eKuiper", url: kuiper.url, version: "2.4.0" },
      {
        ...{ kind: "SSH", host: "127.0.0.9", url: "http://127.0.0.9:7000", version: "" },
        ...{ name: "fresh", mac: "", latencyMs: null },
      },
    ],
  });
  expect(asked).toEqual(["127.0.0.1"]);
  expect(kuiper.asked.map(({ token }) => token)).toEqual([undefined]);
});

test("a range with no gateway in it is done with nothing", async () => {
  finder = gatewayFinder(nowhere);
  heard = [];

  const job = await bench.job("gateways", { range: "127.0.0.1-127.0.0.4", perSecond: 200 });

  expect(job).toMatchObject({ state: "done", detail: { hosts: 4, asked: 4, found: [] } });
});

test("a search is cancelled while it asks", async () => {
  const silent = await answering(() => ({ body: undefined }));
  finder = gatewayFinder({ ...nowhere, Neuron: portOf(silent.url) });

  const { jobId } = await bench.call("job.gateways", { range: "127.0.0.0/24", perSecond: 1 });
  await expect.poll(() => silent.asked.length).toBe(1);
  await bench.call("job.cancel", { jobId });

  expect(await bench.open.jobEnded(jobId)).toMatchObject({ state: "cancelled", detail: { found: [] } });
});

test.each([
  ["8.8.8.0/24", "network.rangePublic"],
  ["10.0.0.0/8", "network.rangeTooLarge"],
  ["gateway", "network.rangeInvalid"],
])("%s is not searched", async (range, code) => {
  expect(await thrown(bench.call("job.gateways", { range, perSecond: 50 }))).toMatchObject({ code });
});
