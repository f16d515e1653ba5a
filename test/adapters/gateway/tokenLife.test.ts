import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { neuronGateways } from "#adapters/gateway/neuron.ts";
import { never } from "#test/support/serving.ts";
import { answering, token } from "./answering.ts";

/** How far the monotonic clock has been put forward. */
let passedMs = 0;
beforeEach(() => {
  passedMs = 0;
  const real = performance.now.bind(performance);
  vi.spyOn(performance, "now").mockImplementation(() => real() + passedMs);
});
afterEach(() => {
  vi.restoreAllMocks();
});

const minutes = 60_000;

test.each([
  ["an hour, as Neuron gives", 3600, 58 * minutes, 59 * minutes],
  ["a day, as NeuronEX gives", 86_400, (24 * 60 - 2) * minutes, (24 * 60 - 1) * minutes],
  ["ten minutes of a gateway that is in 1970", 600, 8 * minutes, 9 * minutes],
])("a token of %s is renewed a minute before its end, and not sooner", async (what, life, soon, due) => {
  const issuedAt = what.endsWith("1970") ? 1000 : Math.floor(Date.now() / 1000);
  const { url, asked } = await answering(({ path }) => {
    if (path.endsWith("/login")) return { body: { token: token(issuedAt, life) } };
    return { body: path.endsWith("/version") ? { version: "2.15.1" } : { states: [] } };
  });
  const logins = () => asked.filter(({ path }) => path.endsWith("/login")).length;
  const session = await neuronGateways().signIn(url, "admin", "secret", never);

  passedMs = soon;
  await session.states(never);
  expect(logins()).toBe(1);
  passedMs = due;
  await Promise.all([session.states(never), session.states(never)]);
  expect(logins()).toBeGreaterThanOrEqual(2);
  const renewed = logins();
  passedMs = due + soon;
  await session.states(never);
  expect(logins()).toBe(renewed);
});

test("a password that was changed here is the one that renews", async () => {
  const { url, asked } = await answering(({ path }) => {
    if (path.endsWith("/login")) return { body: { token: token(Math.floor(Date.now() / 1000)) } };
    if (path.endsWith("/password")) return { body: { error: 0 } };
    return { body: path.endsWith("/version") ? { version: "2.15.1" } : { states: [] } };
  });
  const session = await neuronGateways().signIn(url, "admin", "0000", never);
  expect(session.defaultPassword).toBe(true);

  await session.setPassword("my own one", never);
  passedMs = 60 * minutes;
  await session.states(never);

  expect(session.defaultPassword).toBe(false);
  const sent = asked.filter(({ path }) => path.endsWith("/login")).map(({ body }) => JSON.parse(body).pass);
  expect(sent).toEqual(["0000", "my own one"]);
});
