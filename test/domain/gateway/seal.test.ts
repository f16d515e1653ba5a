import { expect, test } from "vitest";
import { neuronErrorWord } from "#domain/gateway/neuronErrors.ts";
import { sealed, withoutSecrets } from "#domain/gateway/seal.ts";

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
