import { describe, expect, test } from "vitest";
import { ekuipers } from "#adapters/programs/ekuiper.ts";
import { nanomqs } from "#adapters/programs/nanomq.ts";
import { type Answer, type Asked, answering } from "#test/adapters/gateway/answering.ts";
import { thrown } from "#test/support/thrown.ts";

const { signal } = new AbortController();
const page = "<!DOCTYPE html><html><body>It works</body></html>";
const large = "x".repeat(33 * 2 ** 20);
const changed = ({ method, path }: Asked) => method !== "GET" && path !== "/ruleset/export";

const bad: readonly (readonly [what: string, answer: Answer, fault: object])[] = [
  ["an HTML page with 200", { body: page }, { code: "program.unexpected", reason: "notJson" }],
  ["an HTML page with 404", { status: 404, body: page }, { code: "program.refused", status: 404, error: 0 }],
  ["an HTML page with 500", { status: 500, body: page }, { code: "program.refused", status: 500 }],
  ["a redirect", { status: 302, body: "" }, { code: "program.refused", status: 302 }],
  ["JSON of something else", { body: { hello: "world" } }, { code: "program.unexpected" }],
  ["torn JSON", { body: '{"code":0,"da' }, { code: "program.unexpected", reason: "notJson" }],
  ["a wrong password", { status: 401, body: { code: 103 } }, { code: "program.loginRefused" }],
  ["33 MB", { body: large }, { code: "program.unexpected", reason: "tooLarge" }],
  ["no answer at all", { body: undefined }, { code: "gateway.unreachable", reason: "timeout" }],
];

describe.each([
  ["NanoMQ", (url: string) => nanomqs(800).signIn(url, "admin", "public", signal)],
  ["eKuiper", (url: string) => ekuipers(800).open(url, signal)],
])("looking for %s", (_name, open) => {
  test.each(bad)("and finding %s is a clear fault, and nothing is changed", async (_what, answer, fault) => {
    const { url, asked } = await answering(() => answer);

    expect(await thrown(open(url))).toMatchObject(fault);
    expect(asked.filter(changed)).toEqual([]);
  });

  test("where nobody is, says that it was refused", async () => {
    expect(await thrown(open("http://127.0.0.1:9"))).toMatchObject({ code: "gateway.unreachable" });
  });

  test("at an address that is none, is the person's problem", async () => {
    expect(await thrown(open("gateway"))).toMatchObject({ code: "gateway.urlInvalid" });
  });
});

test("NanoMQ's own number comes through, also with status 200", async () => {
  const { url } = await answering(({ path }) => {
    if (path.endsWith("/brokers"))
      return {
        body: { code: 0, data: [{ sysdescr: "NanoMQ Broker", version: "0.25.5-7", uptime: "0 Hours" }] },
      };
    return path === "/api/v4" ? { body: { code: 0, data: [] } } : { body: { code: 108 } };
  });
  const session = await nanomqs().signIn(url, "admin", "public", signal);

  expect(await thrown(session.writeFile("a = 1\n", signal))).toMatchObject({
    code: "program.refused",
    call: "POST /api/v4/config_update",
    status: 200,
    error: 108,
  });
});

test("eKuiper's own words come through", async () => {
  const { url } = await answering(({ method }) =>
    method === "GET"
      ? { body: { version: "2.4.0", os: "linux", upTimeSeconds: 12 } }
      : { status: 400, body: { error: 1000, message: "Stream command error: no such type" } },
  );
  const session = await ekuipers().open(url, signal);
  const stream = { name: "a", sql: "CREATE STREAM a ()" };

  expect(await thrown(session.change({ kind: "addStream", stream }, signal))).toMatchObject({
    code: "program.refused",
    error: 1000,
    says: "Stream command error: no such type",
  });
});
