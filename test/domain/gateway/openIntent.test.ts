import { expect, test } from "vitest";
import type { NeuronConfig } from "#domain/gateway/neuronConfig.ts";
import { lastIntent } from "#domain/gateway/openIntent.ts";
import { withoutSecrets, withSecretsFrom } from "#domain/gateway/seal.ts";

const url = "http://gateway";
const intent = (job: string) => ({
  at: 1,
  kind: "job.applyIntent",
  body: { job, url, from: "a", to: "b", touched: ["plc"], stopped: [], nodes: ["plc"] },
});
const line = (kind: string, job: string, at: string = url) => ({ at: 2, kind, body: { job, url: at } });

test("a change is open until the evidence tells how it ended", () => {
  expect(lastIntent([], url)).toBeUndefined();
  expect(lastIntent([intent("1")], url)).toMatchObject({ isOpen: true, intent: { job: "1", from: "a" } });
  expect(lastIntent([intent("1"), line("job.ended", "1")], url)?.isOpen).toBe(true);
  expect(lastIntent([intent("1"), line("job.applied", "1")], url)?.isOpen).toBe(false);
  expect(lastIntent([intent("1"), line("job.putBack", "1")], url)?.isOpen).toBe(false);
  expect(lastIntent([intent("1"), line("job.applied", "1"), intent("2")], url)?.isOpen).toBe(true);
});

test("a change of another gateway is not this one's", () => {
  expect(lastIntent([intent("1")], "http://other")).toBeUndefined();
  expect(lastIntent([intent("1"), line("job.applied", "1", "http://other")], url)?.isOpen).toBe(true);
});

test("passwords come back from nodes that nobody touched, and are missed of the others", () => {
  const settings = (password: string) => ["uplink", "plc"].map((node) => ({ node, params: { password } }));
  const config = (password: string): NeuronConfig => ({
    nodes: [],
    groups: [],
    tags: [],
    subscriptions: [],
    settings: settings(password),
  });
  const kept = withoutSecrets(config("old"));

  expect(withSecretsFrom(kept, config("old"), new Set())).toEqual({ config: config("old") });
  expect(withSecretsFrom(kept, config("new"), new Set(["uplink"])).lost).toBe("uplink");
  expect(withSecretsFrom(kept, { ...config("old"), settings: [] }, new Set()).lost).toBe("uplink");
});

const lentAt = "http://10.0.0.2:7000";
const lentLine = (at: number, kind: string, body: object) => ({ at, kind, body: { url: lentAt, ...body } });
const applied = [
  lentLine(1, "job.applyIntent", { job: "a", from: "0", to: "1", nodes: ["plc"] }),
  lentLine(2, "job.applied", { job: "a" }),
];
const lent = lentLine(3, "job.applyIntent", {
  job: "d",
  from: "1",
  to: "drill",
  lent: true,
  touched: ["uplink"],
});

test("settings that a drill lent and gave back are not the change that a person would take back", () => {
  const last = lastIntent([...applied, lent, lentLine(4, "job.putBack", { job: "d" })], lentAt);

  expect(last).toMatchObject({ isOpen: false, intent: { job: "a", from: "0", to: "1" } });
});

test("settings that a drill lent and never gave back are a change to be put back", () => {
  expect(lastIntent([...applied, lent], lentAt)).toMatchObject({
    isOpen: true,
    intent: { job: "d", from: "1", touched: ["uplink"] },
  });
});
