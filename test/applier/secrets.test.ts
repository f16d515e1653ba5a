import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { nodeCrypto } from "#adapters/crypto/nodeCrypto.ts";
import { utf8Bytes } from "#domain/utf8.ts";
import { openGateway } from "#simulator/gateway/gateway.ts";
import { type GatewayClient, signIn } from "#test/simulator/gatewayClient.ts";
import { bundleOf, gatewaySealKey, neuronConfig } from "#test/support/trust/kit.ts";
import { applier, hasTools, shells } from "./applier.ts";

let gateway: Awaited<ReturnType<typeof openGateway>>;
let url: string;
let client: GatewayClient;
beforeAll(async () => {
  gateway = await openGateway({ host: "127.0.0.1", port: 0, now: Date.now, openPort: async () => undefined });
  url = `http://127.0.0.1:${gateway.port}`;
  client = await signIn(url);
});
afterAll(() => gateway.close());

const { seal } = nodeCrypto();
const marked = (names: readonly string[]) => ({
  ...neuronConfig(),
  nodes: names.map((name) => ({ plugin: "MQTT", name, support_import_tags: false, tags: "" })),
  groups: [],
  tags: [],
  settings: names.map((node) => ({
    node,
    params: {
      version: 4,
      "client-id": node,
      qos: 0,
      format: 0,
      upload_err: true,
      enable_topic: false,
      "offline-cache": false,
      host: "127.0.0.1",
      port: 9,
      username: node,
      password: "(sealed)",
      ssl: false,
    },
  })),
});
const lines = (secrets: readonly string[]) =>
  utf8Bytes(secrets.map((one) => `${JSON.stringify(one)}\n`).join(""));
const secrets = ["plain", 'quote " and \\ and & and $1', "密码 🔑", "x".repeat(300), " "];
const names = secrets.map((_, index) => `up${index}`);
const counts = { check: "counts", nodes: names.length, groups: 0, tags: 0 } as const;

describe.skipIf(!hasTools).each(shells)(
  "secrets that came sealed to a gateway, in %s",
  { timeout: 60_000 },
  (shell) => {
    test("stand where they belong, and nowhere else", async () => {
      const box = await applier(shell, url);
      const age = await seal(gatewaySealKey.publicKey, lines(secrets));
      const bytes = bundleOf({
        config: marked(names),
        healthChecks: [counts],
        files: { "secrets.age": age },
      });

      const ran = await box.run(["apply", await box.bundle(bytes)]);

      expect(ran).toMatchObject({ code: 0 });
      const { text } = await client.call("GET", "global/config");
      const { settings } = JSON.parse(text) as { settings: { node: string; params: { password: string } }[] };
      expect(settings.map(({ node, params }) => [node, params.password])).toEqual(
        names.map((name, index) => [name, secrets[index]]),
      );
      expect(Buffer.from(bytes).includes("quote")).toBe(false);
      expect(ran.stderr).not.toContain("quote");
      expect(await box.remembered("receipt.dsse")).not.toContain("quote");
    });

    test("of every length are opened whole", async () => {
      const box = await applier(shell, url);
      for (const length of [1, 13, 47, 65_000]) {
        const age = await seal(gatewaySealKey.publicKey, lines(["s".repeat(length)]));
        const bytes = bundleOf({ config: marked(["up"]), files: { "secrets.age": age } });
        expect(await box.run(["check", await box.bundle(bytes)]), `${length} characters`).toMatchObject({
          code: 0,
        });
      }
    });

    test("are refused with any bit changed, for another key, or in another number", async () => {
      const box = await applier(shell, url);
      const before = (await client.call("GET", "global/config")).text;
      const age = await seal(gatewaySealKey.publicKey, lines(secrets));
      const start = Buffer.from(age).indexOf("\n---") + 1;
      const ends = [36, 80, start + 6, start + 51, start + 70, age.length - 1];
      const flipped = ends.map((at) => age.map((byte, index) => (index === at ? byte ^ 1 : byte)));
      const other = Buffer.alloc(32, 9).toString("base64");
      const wrong = [
        ...flipped,
        age.slice(0, -1),
        await seal(other, lines(secrets)),
        await seal(gatewaySealKey.publicKey, lines(secrets.slice(1))),
        await seal(gatewaySealKey.publicKey, lines([...secrets, "more"])),
        utf8Bytes("age-encryption.org/v1\n"),
      ];
      for (const [index, bytes] of [...wrong.entries()]) {
        const bundle = bundleOf({ config: marked(names), files: { "secrets.age": bytes } });
        const ran = await box.run(["apply", await box.bundle(bundle)]);
        expect(ran, `case ${index}`).toMatchObject({
          code: 21,
          stderr: expect.stringContaining("bundle.sealed"),
        });
      }
      const without = bundleOf({ config: marked(names) });
      expect(await box.run(["check", await box.bundle(without)])).toMatchObject({ code: 21 });
      expect((await client.call("GET", "global/config")).text).toBe(before);
    });
  },
);
