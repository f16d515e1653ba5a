import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, onTestFinished, test } from "vitest";
import { ekuipers } from "#adapters/programs/ekuiper.ts";
import { newSite } from "#domain/site/newSite.ts";
import type { RuleSet, Site } from "#domain/site/site.ts";
import { printSite } from "#domain/site/siteFile.ts";
import { openEkuiper, type VirtualEkuiper } from "#simulator/ekuiper/ekuiper.ts";
import { faultyWay, type WayFault, wayFaults } from "#test/support/faultyWay.ts";
import type { TestWorkbench } from "#test/support/trainingWorkbench.ts";
import { seeded } from "../../support/seeded.ts";
import { openBridgeBench } from "./bridgeBench.ts";

const neuron = 'CREATE STREAM neuron () WITH (TYPE="neuron",FORMAT="json",SHARED="true")';
const toCloud = (topic: string) => ({
  mqtt: { server: "tcp://cloud:1883", topic, username: "pump", password: "s3cret" },
});

function rulesAt(url: string): RuleSet {
  return {
    url,
    streams: [{ name: "neuron", sql: neuron }],
    rules: [
      {
        id: "deadband",
        sql: "SELECT values->level FROM neuron WHERE abs(values->level - lag(values->level)) > 0.5",
        actions: [toCloud("plant/level")],
        options: { qos: 1 },
      },
    ],
  };
}

const siteWith = (rules?: RuleSet): Site => ({ ...newSite("site42", "Pump house"), ...(rules && { rules }) });
const apply = (bench: TestWorkbench, action: "apply" | "rollback" = "apply") =>
  bench.job("program", { program: "ekuiper", action });
const signIn = (bench: TestWorkbench, url: string) =>
  bench.call("program.signIn", { program: "ekuiper", url, user: "", password: "", uploadId: null });

let ekuiper: VirtualEkuiper;
let url: string;
const ask = async (method: string, path: string, body?: unknown) => {
  const reply = await fetch(`${url}${path}`, {
    method,
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  return { status: reply.status, text: await reply.text() };
};
const running = async () => (await ask("POST", "/ruleset/export")).text;

beforeEach(async () => {
  ekuiper = await openEkuiper("127.0.0.1", 0);
  url = `http://127.0.0.1:${ekuiper.port}`;
});
afterEach(() => ekuiper.close());

async function begin(rules: RuleSet | undefined, times = 5, answerMs = 10_000) {
  const open = await openBridgeBench(siteWith(), { times, rules: ekuipers(answerMs) });
  onTestFinished(() => open.close());
  if (rules) await open.bench.edit({ kind: "setRules", rules });
  await signIn(open.bench, url);
  return { ...open, bench: open.bench };
}

describe("the site's rule set", () => {
  test("runs beside what others have there, and a second look finds nothing to change", async () => {
    await ask("POST", "/streams", { sql: 'CREATE STREAM other () WITH (TYPE="mqtt")' });
    const { bench } = await begin(rulesAt(url));

    const applied = await apply(bench);

    expect(applied).toMatchObject({ state: "done", good: true, failure: null });
    expect(JSON.parse(await running())).toMatchObject({ streams: { other: expect.any(String), neuron } });
    expect(await bench.call("program.diff", { program: "ekuiper" })).toMatchObject({ equal: true });
    expect(bench.tables.programs.get("ekuiper")).toMatchObject({
      differences: 0,
      items: expect.arrayContaining([
        expect.objectContaining({ kind: "rule", name: "deadband", own: true, running: true }),
        expect.objectContaining({ kind: "stream", name: "other", own: false }),
      ]),
    });
  });

  test("keeps its passwords: the site, the evidence and the diff have none, eKuiper has them", async () => {
    const { bench, folder } = await begin(rulesAt(url));
    const diff = await bench.call("program.diff", { program: "ekuiper" });

    await apply(bench);

    expect(await running()).toContain("s3cret");
    await bench.open.close();
    const names = (await readdir(folder, { withFileTypes: true })).filter((entry) => entry.isFile());
    const texts = await Promise.all(names.map(({ name }) => readFile(join(folder, name), "utf8")));
    expect(JSON.stringify([diff, ...texts])).not.toContain("s3cret");
    expect(texts.join()).toContain("(sealed)");
  });

  test("is refused as a whole for a rule that reads a stream that is not there", async () => {
    const rules = rulesAt(url);
    const { bench } = await begin({ ...rules, streams: [] });

    const applied = await apply(bench);

    expect(applied).toMatchObject({
      state: "failed",
      failure: { code: "rule.invalid", facts: { name: "deadband", reason: "streamMissing" } },
    });
    expect(JSON.parse(await running()).rules).toEqual({});
  });

  test("is put back when eKuiper takes a rule and does not run it", async () => {
    const rules = rulesAt(url);
    const actions = [{ nowhere: {} }];
    const sick = { ...rules, rules: rules.rules.map((rule) => ({ ...rule, actions })) };
    const { bench } = await begin(sick, 10);
    const before = await running();

    const applied = await apply(bench);

    expect(applied).toMatchObject({
      state: "failed",
      failure: { code: "gateway.rolledBack", facts: { because: "program.unhealthy" } },
    });
    expect(await running()).toBe(before);
  });

  test("goes again with what the site wants no more, and comes back on demand", async () => {
    const { bench } = await begin(rulesAt(url));
    await apply(bench);
    const full = await running();

    await bench.edit({ kind: "setRules", rules: null });
    expect(await apply(bench)).toMatchObject({ state: "done", good: true });
    expect(JSON.parse(await running())).toEqual({ streams: {}, tables: {}, rules: {} });

    expect(await apply(bench, "rollback")).toMatchObject({ state: "done", good: true });
    expect(JSON.parse(await running())).toEqual(JSON.parse(full));
  });

  test("is taken from what runs there, and nothing differs then", async () => {
    await ask("POST", "/streams", { sql: neuron });
    await ask("POST", "/rules", { ...rulesAt(url).rules[0], triggered: true });
    const { bench } = await begin(undefined);

    await bench.call("program.take", { program: "ekuiper", item: null });

    expect(bench.site().rules?.rules).toMatchObject([
      { id: "deadband", actions: [{ mqtt: { username: "pump", password: "(sealed)" } }] },
    ]);
    expect(await bench.call("program.diff", { program: "ekuiper" })).toMatchObject({ equal: true });
  });
});

test("whatever goes wrong at one of 20 points, eKuiper runs the old rule set or the new", async () => {
  const way = await faultyWay(url);
  onTestFinished(() => way.close());
  const first = rulesAt(way.url);
  const [rule] = first.rules;
  const designs: readonly RuleSet[] = [
    first,
    {
      ...first,
      // The stream is another, and so a rule that reads it starts anew.
      streams: [{ name: "neuron", sql: neuron.replace("json", "delimited") }],
      rules: [...first.rules, { ...(rule as (typeof first.rules)[number]), id: "level2" }],
    },
  ];
  const open = await openBridgeBench(siteWith());
  onTestFinished(() => open.close());
  const states: Ruleset[] = [];
  const state = async () => JSON.parse(await running()) as Ruleset;
  const indexOf = async () => {
    const now = JSON.stringify(diffable(await state()));
    return states.findIndex((one) => JSON.stringify(diffable(one)) === now);
  };
  await signIn(open.bench, way.url);
  for (const rules of designs) {
    await open.bench.edit({ kind: "setRules", rules });
    expect(await apply(open.bench)).toMatchObject({ state: "done" });
    states.push(await state());
  }
  await open.bench.open.close();
  const random = seeded(9);
  let current = 1;
  for (let point = 0; point < 20; point++) {
    const wanted = 1 - current;
    const path = join(open.folder, "bridge.site.json");
    const clear = designs[wanted] as RuleSet;
    await writeFile(path, printSite(siteWith()));
    const { bench } = await openBridgeBench(undefined, { folder: open.folder, rules: ekuipers(1000) });
    onTestFinished(() => bench.open.close());
    await bench.edit({ kind: "setRules", rules: clear });
    await signIn(bench, way.url);
    const fault = wayFaults[point % wayFaults.length] as WayFault;
    const at = Math.floor(random() * 9);
    const second = at + 1 + Math.floor(random() * 5);
    await way.arm(new Map([[at, fault], ...(point % 3 === 0 ? ([[second, fault]] as const) : [])]));

    const job = await apply(bench);

    await way.arm(new Map());
    const what = `point ${point}: ${String(fault)} at request ${at}, ${job.failure?.code ?? job.state}`;
    const now = await indexOf();
    expect(now, what).toBe(job.state === "done" ? wanted : current);
    current = now;
    await bench.open.close();
  }
}, 90_000);

interface Ruleset {
  readonly streams: Record<string, string>;
  readonly rules: Record<string, string>;
}

/** The order of members does not count, here as in the product. */
function diffable(ruleset: Ruleset): unknown {
  const rules = Object.entries(ruleset.rules).map(([id, text]) => [id, JSON.parse(text)]);
  return [Object.entries(ruleset.streams).toSorted(), rules.toSorted()];
}

test("an eKuiper that ends half way is put back at the next sign-in", async () => {
  const { bench } = await begin(rulesAt(url), 10, 1000);
  const before = await running();
  const way = await faultyWay(url);
  onTestFinished(() => way.close());
  await bench.edit({ kind: "setRules", rules: rulesAt(way.url) });
  await signIn(bench, way.url);
  await way.arm(new Map([[3, () => ekuiper.kill()]]));

  expect(await apply(bench)).toMatchObject({ failure: { code: "gateway.rollbackFailed" } });
  ekuiper.start();
  await way.arm(new Map());
  await signIn(bench, way.url);

  expect(bench.tables.programs.get("ekuiper")?.unfinishedSince).not.toBeNull();
  expect(await apply(bench, "rollback")).toMatchObject({ state: "done", good: true });
  expect(await running()).toBe(before);
});
