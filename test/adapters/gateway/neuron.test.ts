import { createServer } from "node:net";
import { describe, expect, test } from "vitest";
import { neuronGateways } from "#adapters/gateway/neuron.ts";
import { listening, never, rejection } from "#test/support/serving.ts";
import { type Answer, type Asked, answering, notFoundPage, token } from "./answering.ts";

const gateways = neuronGateways({ answerMs: 300, configMs: 300 });
const now = () => Math.floor(Date.now() / 1000);

/** A gateway that lets anyone in and answers one further path as told. */
function welcoming(path: string, answer: (asked: Asked, before: readonly Asked[]) => Answer) {
  return answering((asked, before) => {
    if (asked.path === "/api/v2/login") return { body: { token: token(now()) } };
    if (asked.path === "/api/v2/version") return { body: { version: "2.15.1", revision: "x" } };
    return asked.path === path ? answer(asked, before) : { status: 404, body: notFoundPage };
  });
}

const signIn = (url: string) => gateways.signIn(url, "admin", "secret", never);

describe("signing in", () => {
  test("says version, default password and how far the gateway's clock is off", async () => {
    const { url } = await answering(({ path }) =>
      path === "/api/v2/login" ? { body: { token: token(now() - 7200) } } : { body: { version: "2.6.3" } },
    );

    const session = await gateways.signIn(`${url}/web/#/login`, "admin", "0000", never);

    expect(session).toMatchObject({ url, version: "2.6.3", defaultPassword: true });
    expect(Math.abs(session.skewMs + 7_200_000)).toBeLessThanOrEqual(1000);
    expect(Math.abs(session.skewMs % 1000)).toBe(0);
  });

  test.each([
    [401, 1009],
    [400, 1012],
  ])("wrong credentials are refused (%i, %i)", async (status, error) => {
    const { url } = await answering(() => ({ status, body: { error } }));

    await expect(signIn(url)).rejects.toMatchObject({
      fault: { code: "gateway.loginRefused", url, user: "admin" },
    });
  });

  test("a page of some other device is no gateway", async () => {
    const html = await answering(() => ({ body: "<html>router</html>" }));
    const json = await answering(() => ({ body: { token: "abc" } }));
    const missing = await answering(() => ({ status: 404, body: notFoundPage }));
    const call = "POST /login";

    expect(await rejection(signIn(html.url))).toMatchObject({
      fault: { code: "gateway.unexpected", call, reason: "notJson" },
    });
    expect(await rejection(signIn(json.url))).toMatchObject({
      fault: { code: "gateway.unexpected", call, reason: "token" },
    });
    expect(await rejection(signIn(missing.url))).toMatchObject({
      fault: { code: "gateway.refused", call, status: 404, error: 0 },
    });
  });

  test("a redirect is not followed", async () => {
    const other = await answering(() => ({ body: { token: token(now()) } }));
    const { url } = await answering(() => ({ status: 307, body: `<a href="${other.url}">` }));

    await expect(signIn(url)).rejects.toMatchObject({ fault: { code: "gateway.refused", status: 307 } });
    expect(other.asked).toEqual([]);
  });

  test.each(["not a url", "ftp://gateway", "192.168.1.5:7000"])(
    "%s is no address of a gateway",
    async (url) => {
      await expect(signIn(url)).rejects.toMatchObject({
        problems: [{ code: "gateway.urlInvalid", text: url }],
      });
    },
  );

  test("why a gateway is not reached is a word", async () => {
    const silent = await answering(() => ({ body: undefined }));
    const gone = await listening(createServer());
    await gone.stop();
    const rude = await listening(createServer((socket) => socket.destroy()));
    const reason = async (url: string) => (await rejection(signIn(url))) as { fault: { reason: string } };

    const reasons = [
      (await reason(silent.url)).fault.reason,
      (await reason(`http://127.0.0.1:${gone.port}`)).fault.reason,
      (await reason(`http://127.0.0.1:${rude.port}`)).fault.reason,
      (await reason("http://no.such.host.invalid:7000")).fault.reason,
    ];
    await rude.stop();

    expect(reasons).toEqual(["timeout", "refused", "reset", "nameUnknown"]);
  });

  test("cancelling ends the wait with the reason", async () => {
    const { url } = await answering(() => ({ body: undefined }));
    const stop = new AbortController();
    const reason = new Error("enough");
    setTimeout(() => stop.abort(reason), 30);

    await expect(gateways.signIn(url, "admin", "0000", stop.signal)).rejects.toBe(reason);
  });
});

describe("a session", () => {
  test("a token that the gateway forgot is replaced once, in silence", async () => {
    const { url, asked } = await welcoming("/api/v2/node/state", (_, before) =>
      before.some((call) => call.path.endsWith("state"))
        ? { body: { states: [{ node: "plc", running: 3, link: 1, rtt: 4, log_level: "notice" }] } }
        : { status: 403, body: { error: 1006 } },
    );
    const session = await signIn(url);

    expect(await session.states(never)).toEqual([{ node: "plc", running: 3, link: 1, rtt: 4 }]);
    expect(asked.filter((call) => call.path.endsWith("login"))).toHaveLength(2);
  });

  test("a gateway that refuses the new token too has signed us out", async () => {
    const { url, asked } = await welcoming("/api/v2/plugin", () => ({ status: 401, body: { error: 1005 } }));
    const session = await signIn(url);

    await expect(session.plugins(never)).rejects.toMatchObject({ fault: { code: "gateway.signedOut", url } });
    expect(asked.filter((call) => call.path.endsWith("login"))).toHaveLength(2);
  });

  test("a password that was changed meanwhile has signed us out", async () => {
    const { url } = await answering(({ path }, before) => {
      const first = !before.some((call) => call.path.endsWith("login"));
      if (path.endsWith("login"))
        return first ? { body: { token: token(now()) } } : { status: 401, body: { error: 1009 } };
      return path.endsWith("version")
        ? { body: { version: "2.15.1" } }
        : { status: 403, body: { error: 1006 } };
    });
    const session = await signIn(url);

    await expect(session.plugins(never)).rejects.toMatchObject({ fault: { code: "gateway.signedOut" } });
  });

  test("a token is renewed before its end, whatever year the gateway believes in", async () => {
    const { url, asked } = await answering(({ path }, before) => {
      const logins = before.filter((call) => call.path.endsWith("login")).length;
      if (path.endsWith("login")) return { body: { token: token(100 + logins, logins === 0 ? 0 : 3600) } };
      return path.endsWith("version") ? { body: { version: "2.15.1" } } : { body: { plugins: [] } };
    });
    const session = await signIn(url);

    await session.plugins(never);
    await session.plugins(never);

    expect(asked.map((call) => call.path.slice("/api/v2/".length))).toEqual([
      "login",
      "login",
      "version",
      "plugin",
      "plugin",
    ]);
    expect(asked.at(-1)?.token).toBe(token(101));
  });

  test("a missing permission is a refusal, not a reason to sign in again", async () => {
    const { url, asked } = await welcoming("/api/v2/plugin", () => ({ status: 403, body: { error: 1022 } }));
    const session = await signIn(url);

    await expect(session.plugins(never)).rejects.toMatchObject({
      fault: { code: "gateway.refused", call: "GET /plugin", status: 403, error: 1022 },
    });
    expect(asked.filter((call) => call.path.endsWith("login"))).toHaveLength(1);
  });

  test.each([
    ["an error in a 200", { body: { error: 3010 } }, { code: "gateway.refused", status: 200, error: 3010 }],
    [
      "HTML for a route of a newer version",
      { status: 404, body: notFoundPage },
      { code: "gateway.refused", status: 404, error: 0 },
    ],
    ["cut JSON", { body: '{"tags": [' }, { code: "gateway.unexpected", reason: "notJson" }],
    [
      "another shape",
      { body: { tags: [{ name: 5 }] } },
      { code: "gateway.unexpected", reason: expect.stringMatching(/^tags\.0\.name: /) },
    ],
  ])("%s is told with its numbers", async (_, answer, fault) => {
    const { url } = await welcoming("/api/v2/read", () => answer);
    const session = await signIn(url);

    const refusal = await rejection(session.read("plc", "fast", never));

    expect(refusal).toMatchObject({ fault: { url, call: "POST /read", ...fault } });
  });

  test("values keep their 64 bits; errors and infinite numbers have none", async () => {
    const body =
      '{"tags": [{"name": "u64", "value": 9007199254740993}, {"name": "f", "value": 1.50, "transferPrecision": 2},' +
      '{"name": "s", "value": "泵"}, {"name": "b", "value": [222, 173]}, {"name": "t", "value": true},' +
      '{"name": "e", "error": 3015}, {"name": "inf", "transferPrecision": 1}]}';
    const { url, asked } = await welcoming("/api/v2/read", () => ({ body }));
    const session = await signIn(url);

    expect(await session.read("plc", "fast", never)).toEqual([
      { name: "u64", value: 9007199254740993n },
      { name: "f", value: 1.5 },
      { name: "s", value: "泵" },
      { name: "b", value: [222, 173] },
      { name: "t", value: 1 },
      { name: "e", error: 3015 },
      { name: "inf" },
    ]);
    expect(JSON.parse(asked.at(-1)?.body ?? "")).toEqual({ node: "plc", group: "fast" });
  });
});

describe("the whole configuration", () => {
  const config = {
    nodes: [{ plugin: "File", name: "f", support_import_tags: false, tags: "", newer: 1 }],
    groups: [{ driver: "f", group: "g", tag_count: 0, interval: 1000 }],
    tags: [],
    subscriptions: [{ app: "m", groups: [{ driver: "f", group: "g", params: { topic: "t", qos: 1 } }] }],
    settings: [{ node: "m", params: { big: 9007199254740993n, nested: { a: null } } }],
  };
  const text = JSON.stringify(config, (_, value) => (typeof value === "bigint" ? "BIG" : value)).replace(
    '"BIG"',
    "9007199254740993",
  );

  test("comes and goes back as it came, with numbers and fields that are unknown here", async () => {
    const { url, asked } = await answering(({ path }) => {
      if (path.endsWith("login")) return { body: { token: token(now()) } };
      if (path.endsWith("version")) return { body: { version: "2.15.1" } };
      return { body: path.endsWith("global/config") ? text : { error: 0 } };
    });
    const session = await signIn(url);

    const taken = await session.config(never);
    const { params } = taken.settings[0] ?? { params: {} };
    await session.change({ kind: "setSettings", node: "m", params }, never);

    expect(taken).toEqual(config);
    expect(asked.at(-1)).toMatchObject({
      method: "POST",
      path: "/api/v2/node/setting",
      body: '{"node":"m","params":{"big":9007199254740993,"nested":{"a":null}}}',
    });
  });
});
