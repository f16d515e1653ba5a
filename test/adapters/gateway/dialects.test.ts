import { createServer, type RequestListener } from "node:http";
import { text } from "node:stream/consumers";
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import { neuronGateways } from "#adapters/gateway/neuron.ts";
import type { GatewaySession } from "#capabilities/gatewayApi.ts";
import { printConfig } from "#domain/gateway/printConfig.ts";
import { trainingSite } from "#simulator/trainingSite.ts";
import { bringTo } from "#test/support/bringTo.ts";
import { listening, never } from "#test/support/serving.ts";
import { notFoundPage } from "./answering.ts";
import { plcConfig } from "./plcConfig.ts";

const site = trainingSite();
let direct: GatewaySession;
beforeAll(async () => {
  const { gatewayUrl, plc } = await site.start();
  direct = await neuronGateways().signIn(gatewayUrl, "admin", "0000", never);
  await bringTo(direct, plcConfig(plc));
});
afterAll(() => site.stop());

/** The virtual gateway behind other routes: `route` gives its path, or the whole answer, or nothing. */
async function behind(
  route: (path: string) => string | { readonly body: string } | undefined,
  password: "pass" | "password",
): Promise<{ url: string; asked: readonly string[] }> {
  const asked: string[] = [];
  const answer: RequestListener = async (request, response) => {
    asked.push(`${request.method} ${request.url}`);
    const sent = await text(request);
    const to = route(request.url ?? "");
    if (to === undefined) return response.writeHead(404).end(notFoundPage);
    if (typeof to === "object") return response.end(to.body);
    const body = to.endsWith("/login") ? sent.replace(`"${password}"`, '"pass"') : sent;
    const reply = await fetch(`${direct.url}${to}`, {
      method: request.method ?? "GET",
      headers: { Authorization: request.headers.authorization ?? "" },
      ...(body === "" ? {} : { body }),
    });
    return response.writeHead(reply.status).end(await reply.text());
  };
  const server = createServer((request, response) => void answer(request, response));
  const { port, stop } = await listening(server);
  onTestFinished(stop);
  return { url: `http://127.0.0.1:${port}`, asked };
}

test("NeuronEX is spoken to under its own routes, and its configuration is read piece by piece", async () => {
  const { url, asked } = await behind((path) => {
    if (path === "/api/login") return "/api/v2/login";
    if (path === "/api/neuron/version") return { body: '{"version":"3.9.2"}' };
    if (path.includes("/global/")) return undefined;
    return path.startsWith("/api/neuron/") ? path.replace("/api/neuron/", "/api/v2/") : undefined;
  }, "password");

  const session = await neuronGateways().signIn(url, "admin", "0000", never);

  expect(session).toMatchObject({ product: "NeuronEX", version: "3.9.2" });
  expect(printConfig(await session.config(never))).toBe(printConfig(await direct.config(never)));
  await session.change({ kind: "setInterval", node: "plc", group: "all", intervalMs: 300 }, never);
  expect((await direct.config(never)).groups).toMatchObject([{ interval: 300 }]);
  expect(asked.slice(0, 2)).toEqual(["POST /api/v2/login", "POST /api/login"]);
  expect(asked).not.toContain("GET /api/neuron/global/config");
});

test("a Neuron from before the whole export is read piece by piece", async () => {
  const { url, asked } = await behind((path) => {
    if (path === "/api/v2/version") return { body: '{"version":"2.3.7"}' };
    return path.includes("/global/") ? undefined : path;
  }, "pass");

  const session = await neuronGateways().signIn(url, "admin", "0000", never);

  expect(session).toMatchObject({ product: "Neuron", version: "2.3.7" });
  expect(printConfig(await session.config(never))).toBe(printConfig(await direct.config(never)));
  expect(asked.filter((call) => call.includes("global"))).toEqual([]);
});
