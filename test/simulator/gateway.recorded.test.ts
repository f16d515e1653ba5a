import { isDeepStrictEqual } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { forThisRun, meaning, type RecordedExchange, readRecording } from "./recordedExchange.ts";
import { openRecordedSite, type RecordedSite } from "./recordedSite.ts";

const recording = readRecording();
// What polling brings about needs its time; everything else must be right at once.
const pollingLimitMs = 8000;

describe("the virtual gateway answers as Neuron 2.15.1 was recorded", () => {
  let site: RecordedSite;
  const ports = new Map<string, number>();
  const tokens = new Map<string, string>();

  beforeAll(async () => {
    site = await openRecordedSite();
    for (const name of ["main", "fresh"]) ports.set(name, await site.openGateway());
  });
  afterAll(() => site.close());

  async function ask(exchange: RecordedExchange): Promise<{ status: number; body: string }> {
    const instance = exchange.instance ?? "main";
    const token = tokens.get(instance) ?? "";
    const authorization = exchange.authorization?.replace("<jwt>", token) ?? `Bearer ${token}`;
    const body = exchange.requestBody === undefined ? undefined : forThisRun(exchange.requestBody, site);
    const reply = await fetch(`http://127.0.0.1:${ports.get(instance)}${exchange.path}`, {
      method: exchange.method,
      headers: authorization === "" ? {} : { Authorization: authorization },
      ...(body === undefined ? {} : { body }),
    });
    const text = await reply.text();
    const issued = exchange.path.endsWith("/login") ? /"token": "([^"]+)"/.exec(text)?.[1] : undefined;
    if (issued !== undefined) tokens.set(instance, issued);
    return { status: reply.status, body: text };
  }

  const observes = ({ method, path }: RecordedExchange) => method === "GET" || /\/read(\/|$)/.test(path);
  const isSame = (exchange: RecordedExchange, got: { status: number; body: string }) =>
    got.status === exchange.status &&
    isDeepStrictEqual(meaning(got.body, site), meaning(exchange.responseBody, site));

  test.each(recording.map((exchange, i) => [i, exchange.step, exchange] as const))(
    "%i %s",
    async (_i, _step, exchange) => {
      let got = await ask(exchange);
      const end = performance.now() + (observes(exchange) ? pollingLimitMs : 0);
      while (!isSame(exchange, got) && performance.now() < end) {
        await new Promise((resolve) => setTimeout(resolve, 50));
        got = await ask(exchange);
      }

      expect(got.status).toBe(exchange.status);
      expect(meaning(got.body, site)).toEqual(meaning(exchange.responseBody, site));
    },
    15_000,
  );
});
