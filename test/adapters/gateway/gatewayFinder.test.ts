import { createServer } from "node:http";
import { expect, onTestFinished, test } from "vitest";
import { gatewayFinder } from "#adapters/gateway/gatewayFinder.ts";
import { trainingSite } from "#simulator/trainingSite.ts";
import { listening, never, rejection } from "#test/support/serving.ts";
import { answering, notFoundPage } from "./answering.ts";

const portOf = (url: string) => Number(new URL(url).port);
/** A port where nobody listens. */
async function deaf(): Promise<number> {
  const { port, stop } = await listening(createServer());
  await stop();
  return port;
}

test("a Neuron, an eKuiper, a NanoMQ and a NeuronEX are told apart without signing in", async () => {
  const site = trainingSite();
  onTestFinished(() => site.stop());
  const { gatewayUrl } = await site.start();
  const ex = await answering(() => ({ body: { version: "3.9.2" } }));
  const kuiper = await answering(() => ({ body: { version: "2.4.0", os: "linux", upTimeSeconds: 7 } }));
  const nano = await answering(() => ({ status: 401, body: { code: 104 } }));
  const ports = {
    Neuron: portOf(gatewayUrl),
    NeuronEX: portOf(ex.url),
    eKuiper: portOf(kuiper.url),
    NanoMQ: portOf(nano.url),
  };

  const latencyMs = expect.any(Number);
  expect(await gatewayFinder(ports).ask("127.0.0.1", never)).toEqual([
    { kind: "Neuron", url: gatewayUrl, version: "", latencyMs },
    { kind: "NeuronEX", url: ex.url, version: "3.9.2", latencyMs },
    { kind: "eKuiper", url: kuiper.url, version: "2.4.0", latencyMs },
    { kind: "NanoMQ", url: nano.url, version: "", latencyMs },
  ]);
  expect([ex, kuiper, nano].flatMap(({ asked }) => asked.map(({ token }) => token))).toEqual([
    undefined,
    undefined,
    undefined,
  ]);
});

test("pages, silence and nobody are no gateways", async () => {
  const page = await answering(() => ({ body: "<html>router</html>" }));
  const missing = await answering(() => ({ status: 404, body: notFoundPage }));
  const silent = await answering(() => ({ body: undefined }));
  const ports = {
    Neuron: portOf(page.url),
    NeuronEX: portOf(missing.url),
    eKuiper: portOf(silent.url),
    NanoMQ: await deaf(),
  };

  expect(await gatewayFinder(ports).ask("127.0.0.1", never)).toEqual([]);
});

test("cancelling ends the question", async () => {
  const silent = await answering(() => ({ body: undefined }));
  const stop = new AbortController();
  const asking = gatewayFinder({ Neuron: portOf(silent.url) }).ask("127.0.0.1", stop.signal);

  stop.abort(new Error("enough"));

  expect(await rejection(asking)).toMatchObject({ message: "enough" });
});
