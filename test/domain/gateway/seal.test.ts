import { expect, test } from "vitest";
import { neuronErrorWord } from "#domain/gateway/neuronErrors.ts";
import { printConfig } from "#domain/gateway/printConfig.ts";
import { apartFromSecrets, sealed, withoutSecrets } from "#domain/gateway/seal.ts";

test("a sealed configuration keeps names and certificates and no password or key, however deep", () => {
  const params = {
    host: "broker.example",
    username: "nps",
    password: "p1",
    ca: "Y2E=",
    cert: "Y2VydA==",
    key: "a2V5",
    keypass: "p2",
    "sasl-passwd": "p3",
    tunnel: { list: [{ secretAccessKey: "p4", keepalive: 60 }] },
  };
  const config = { nodes: [], groups: [], tags: [], subscriptions: [], settings: [{ node: "up", params }] };

  expect(withoutSecrets(config).settings[0]?.params).toEqual({
    ...params,
    password: sealed,
    key: sealed,
    keypass: sealed,
    "sasl-passwd": sealed,
    tunnel: { list: [{ secretAccessKey: sealed, keepalive: 60 }] },
  });
});

test("an empty password is shown as empty", () => {
  const config = {
    nodes: [],
    groups: [],
    tags: [],
    subscriptions: [],
    settings: [{ node: "up", params: { password: "" } }],
  };

  expect(withoutSecrets(config)).toEqual(config);
});

test.each([
  [3015, "deviceSilent"],
  [3002, "notConnected"],
  [10_007, "plugin"],
  [42, "unknown"],
])("error %i is %s", (error, word) => {
  expect(neuronErrorWord(error)).toBe(word);
});

test("secrets stand apart from the text in the order of their marks, and together they are the whole again", () => {
  const node = (name: string, params: Record<string, unknown>) => ({ node: name, params });
  const config = {
    nodes: [
      { plugin: "MQTT", name: "b", support_import_tags: false, tags: "" },
      { plugin: "MQTT", name: "a", support_import_tags: false, tags: "" },
    ],
    groups: [],
    tags: [],
    subscriptions: [],
    settings: [
      node("b", { topic: "(sealed 0)", password: 'p"1\\', token: "t" }),
      node("a", { "client-id": "x", password: "密码$&" }),
    ],
  };

  const { text, secrets } = apartFromSecrets(config, printConfig);

  expect(text).toBe(printConfig(withoutSecrets(config)));
  const parts = text.split(JSON.stringify(sealed));
  expect(parts).toHaveLength(secrets.length + 1);
  expect(parts.map((part, index) => part + (secrets[index] ?? "")).join("")).toBe(printConfig(config));
});
