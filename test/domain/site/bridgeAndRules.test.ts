import { describe, expect, test } from "vitest";
import { editSite } from "#domain/site/edit.ts";
import type { Bridge, RuleSet, Site } from "#domain/site/site.ts";
import { parseSite, printSite } from "#domain/site/siteFile.ts";
import { pumpSite } from "./pumpSite.ts";

const bridge: Bridge = {
  url: "http://10.0.0.7:8081",
  user: "admin",
  name: "cloud",
  server: "tls+mqtt-tcp://cloud:8883",
  version: "3.1.1",
  clientId: "site42",
  cleanStart: false,
  keepAliveSeconds: 60,
  username: "pump",
  queueLength: 1024,
  forwards: [{ local: "plant/#", remote: "", qos: 1 }],
  subscriptions: [],
  tls: { caFile: "/etc/ca.pem", certificateFile: "", keyFile: "" },
};
const rules: RuleSet = {
  url: "http://10.0.0.7:9081",
  streams: [{ name: "neuron", sql: "CREATE STREAM neuron () WITH ()" }],
  rules: [
    {
      id: "deadband",
      sql: "SELECT * FROM neuron",
      // eKuiper's own words, also where one of them means something to a tag.
      actions: [{ mqtt: { topic: "a", area: 3, offset: 1 } }],
      options: { qos: 1 },
    },
  ],
};

function read(text: string): Site {
  const site = parseSite(text);
  if (!site.ok) throw new Error(JSON.stringify(site.problem));
  return site.value;
}

describe("a site with a bridge and rules", () => {
  const site: Site = { ...pumpSite, bridge, rules };

  test("is a file of format 2, one topic, stream and rule a line, and reads back as it was", () => {
    const text = printSite(site);
    const lines = text.split("\n");

    expect(lines[1]).toBe('  "format": 2,');
    expect(lines).toContain('      { "local": "plant/#", "remote": "", "qos": 1 }');
    expect(lines).toContain('      { "name": "neuron", "sql": "CREATE STREAM neuron () WITH ()" }');
    expect(read(text)).toEqual(site);
    expect(printSite(read(text))).toBe(text);
  });

  test("a site without them stays a file of format 1, so that an older program reads it", () => {
    expect(printSite(pumpSite)).toContain('"format": 1,');
    expect(printSite(pumpSite)).not.toMatch(/"bridge"|"rules"/);
  });

  test("two streams or rules of one name are refused, in a file and in an edit", () => {
    const twins = { ...rules, rules: [...rules.rules, ...rules.rules] };
    const problem = { code: "name.duplicate", what: "rule", name: "deadband" };

    expect(parseSite(printSite({ ...site, rules: twins }))).toMatchObject({ ok: false, problem: [problem] });
    expect(editSite(pumpSite, { kind: "setRules", rules: twins })).toMatchObject({ ok: false, problem });
  });
});

test("a bridge and rules are set and taken away again by edits", () => {
  const withBoth = [
    { kind: "setBridge", bridge } as const,
    { kind: "setRules", rules } as const,
  ].reduce<Site>((site, edit) => {
    const next = editSite(site, edit);
    return next.ok ? next.value : site;
  }, pumpSite);

  expect(withBoth).toEqual({ ...pumpSite, bridge, rules });
  expect(editSite(withBoth, { kind: "setBridge", bridge: null })).toEqual({
    ok: true,
    value: { ...pumpSite, rules },
  });
});
