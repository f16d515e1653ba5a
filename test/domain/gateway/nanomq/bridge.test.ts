import { describe, expect, test } from "vitest";
import { withBridge, withoutBridges } from "#domain/gateway/nanomq/bridgeInFile.ts";
import { checkBridge } from "#domain/gateway/nanomq/checkBridge.ts";
import { fileFits } from "#domain/gateway/nanomq/fileFits.ts";
import { printBridge } from "#domain/gateway/nanomq/printBridge.ts";
import { fileSecrets, withFileSecrets, withoutFileSecrets } from "#domain/gateway/nanomq/sealFile.ts";
import { filtersMeet, isTopicFilter } from "#domain/gateway/nanomq/topicFilter.ts";
import { bridgeOf, wantedBridge } from "#domain/gateway/nanomq/wantedBridge.ts";
import type { Bridge } from "#domain/site/site.ts";
import { bridgedFile } from "../../../support/nanomqFile.ts";

const bridge: Bridge = {
  url: "http://10.0.0.7:8081",
  user: "admin",
  name: "cloud",
  server: "mqtt-tcp://cloud.example:1883",
  version: "5",
  clientId: "site42",
  cleanStart: false,
  keepAliveSeconds: 45,
  username: "pump",
  queueLength: 2048,
  forwards: [
    { local: "plant/#", remote: "", qos: 1 },
    { local: "alarm", remote: "site42/alarm", qos: 2 },
  ],
  subscriptions: [{ local: "", remote: "cmd/site42/#", qos: 1 }],
};

function ok<T>(result: { ok: true; value: T } | { ok: false; problem: unknown }): T {
  if (!result.ok) throw new Error(JSON.stringify(result.problem));
  return result.value;
}

test("a bridge is printed as NanoMQ reads it, a key a line, byte for byte the same", () => {
  expect(printBridge(bridge, "s3cret")).toBe(`bridges.mqtt.cloud {
    server = "mqtt-tcp://cloud.example:1883"
    proto_ver = 5
    clientid = "site42"
    keepalive = 45s
    clean_start = false
    username = "pump"
    password = "s3cret"
    forwards = [
        {
            remote_topic = ""
            local_topic = "plant/#"
            qos = 1
        },
        {
            remote_topic = "site42/alarm"
            local_topic = "alarm"
            qos = 2
        }
    ]
    subscription = [
        {
            remote_topic = "cmd/site42/#"
            local_topic = ""
            qos = 1
        }
    ]
    max_send_queue_len = 2048
}
`);
});

describe("in the broker's file", () => {
  const file = bridgedFile(1883);

  test("a new bridge comes behind the rest, which stays byte for byte", () => {
    const text = ok(withBridge(file, { ...bridge, name: "mine" }, ""));

    expect(text.startsWith(file.trimEnd())).toBe(true);
    expect(text.slice(file.length)).toContain("bridges.mqtt.mine {");
  });

  test("a changed bridge keeps the keys that the site does not decide", () => {
    const text = ok(withBridge(file, bridge, ""));

    expect(text).toContain("backoff_max = 5s");
    expect(text).toContain("resend_wait = 3000");
    expect(text.match(/bridges\.mqtt\.cloud/g)).toHaveLength(1);
    expect(text).toContain("max_send_queue_len = 2048");
    expect(ok(withBridge(text, bridge, ""))).toBe(text);
  });

  test("one that says the same in another layout is left as it is", () => {
    const own = `bridges {\n  mqtt {\n    cloud {\n${printBridge(bridge, "x").split("\n").slice(1, -2).join("\n")}\n    }\n  }\n}\n`;

    expect(ok(withBridge(own, bridge, "x"))).toBe(own);
    expect(ok(withBridge(own, bridge, "y"))).not.toBe(own);
  });

  test("a removed bridge takes its lines along and nothing else", () => {
    const text = ok(withoutBridges(file, ["cloud"]));

    expect(text).not.toContain("bridges.mqtt.cloud ");
    expect(ok(withoutBridges(text, ["cloud"]))).toBe(text);
    expect(text).toContain("bridges.mqtt.cache {");
  });

  test("passwords are sealed, and come back byte for byte", () => {
    const held = ok(withBridge(file, bridge, "s3cret"));
    const kept = withoutFileSecrets(held);

    expect(kept).not.toMatch(/s3cret|= public/);
    expect(withFileSecrets(kept, fileSecrets(held))).toEqual({ file: held });
    expect(withFileSecrets(kept, new Map())).toMatchObject({ lost: "http_server.password" });
  });

  test("a file that would end the broker is refused before anything is made of it", () => {
    expect(withBridge("a {b = 1, c = 2}", bridge, "")).toMatchObject({
      ok: false,
      problem: { code: "hocon.syntax", line: 1 },
    });
  });

  test("another broker's file is told from this one's", () => {
    const running = [{ ...wantedBridge(bridge, ""), server: "mqtt-tcp://127.0.0.1:1883" }];

    expect(fileFits(file, running)).toMatchObject({ ok: true });
    expect(fileFits(file, [])).toMatchObject({ problem: { code: "nanomq.fileOther", name: "cloud" } });
    expect(fileFits(bridgedFile(1884), running)).toMatchObject({ ok: false });
  });
});

test("what runs is read back as the bridge that it was made of, save what NanoMQ does not show", () => {
  const back = bridgeOf(wantedBridge(bridge, "s3cret"), { url: bridge.url, user: bridge.user });

  expect(back).toEqual({ ...bridge, queueLength: 1024 });
});

test.each<readonly [string, Partial<Bridge>, object]>([
  ["a server without its scheme", { server: "cloud.example:1883" }, { reason: "server" }],
  ["a quotation mark", { clientId: 'a"b' }, { reason: "quote" }],
  ["a wildcard in the middle", { forwards: [{ local: "a/#/b", remote: "", qos: 0 }] }, { reason: "topic" }],
  ["a wildcard to send to", { forwards: [{ local: "a/#", remote: "b/#", qos: 0 }] }, { reason: "topic" }],
  ["nothing to pass on", { forwards: [], subscriptions: [] }, { reason: "nothing" }],
  ["TLS without files", { server: "tls+mqtt-tcp://cloud:8883" }, { reason: "tlsMissing" }],
  [
    "messages that go round for ever",
    {
      forwards: [{ local: "a/#", remote: "", qos: 0 }],
      subscriptions: [{ local: "", remote: "a/+", qos: 0 }],
    },
    { code: "bridge.loop" },
  ],
])("%s is refused before it is sent", (_name, changes, problem) => {
  expect(checkBridge({ ...bridge, ...changes }, "")).toMatchObject([problem]);
});

test("a bridge without fault has none", () => {
  expect(checkBridge(bridge, "s3cret")).toEqual([]);
});

test.each([
  ["a/#", "a", true],
  ["a/+", "a/b", true],
  ["+/b", "a/+", true],
  ["a/b", "a/c", false],
  ["a", "a/b", false],
  ["#", "x/y/z", true],
])("%s and %s meet: %s", (one, other, meet) => {
  expect(filtersMeet(one, other)).toBe(meet);
  expect(filtersMeet(other, one)).toBe(meet);
});

test.each(["", "a/#/b", "a+", "#a"])("%j is no topic filter", (text) => {
  expect(isTopicFilter(text)).toBe(false);
});
