import { afterEach, describe, expect, test } from "vitest";
import { calls } from "#contract/contract.ts";
import { jobView } from "#contract/views.ts";
import type { SiteEdit } from "#domain/site/edit.ts";
import { type TestWorkbench, testWorkbench } from "#test/support/trainingWorkbench.ts";

let bench: TestWorkbench | undefined;
afterEach(() => bench?.close());

async function training(): Promise<TestWorkbench> {
  bench = await testWorkbench();
  await bench.call("site.training", {});
  return bench;
}

const place = { line: "plc", unit: 1, area: "holding", offset: 0 } as const;

describe("resolving on a line of the site", { timeout: 20_000 }, () => {
  test("shows what fits as a tag would have it, and takes the sample before along", async () => {
    const { job, tables } = await training();
    const question = { ...place, expect: "1", tolerance: 100_000, after: null };

    const first = await job("resolve", question);
    expect(first.state).toBe("done");
    expect(first.detail.samples).toHaveLength(1);
    // Before the first register there is none.
    expect(first.detail.samples[0]).toMatchObject({ first: 0, expect: "1", tolerance: 100_000 });
    expect(first.detail.hypotheses[0]).toMatchObject({
      address: { unit: 1, area: "holding" },
      printed: expect.stringMatching(/^1!4/),
    });
    expect(jobView.safeParse(tables.jobs.get(first.key)).success).toBe(true);

    const second = await job("resolve", { ...question, expect: "", after: first.key });
    expect(second.detail.samples.map(({ expect }) => expect)).toEqual(["1", ""]);
    expect(second.good).toBe(second.detail.verdict === "certain");
  });

  test("asks a unit that refuses a stretch for its parts", async () => {
    const { job } = await training();
    const { detail } = await job("resolve", {
      ...place,
      offset: 60_000,
      expect: "1",
      tolerance: null,
      after: null,
    });

    expect(detail.samples[0]?.words).toEqual(new Array(8).fill(null));
    expect(detail).toMatchObject({ verdict: "none", hypotheses: [], nearest: [] });
  });

  test("refuses a first read without an expectation, and a sample that is not known", async () => {
    const { call, job } = await training();

    expect(await job("resolve", { ...place, expect: " ", tolerance: null, after: null })).toMatchObject({
      state: "failed",
      failure: { code: "value.notNumber" },
    });
    await expect(
      call("job.resolve", { ...place, expect: "1", tolerance: null, after: "no such job" }),
    ).rejects.toThrow("job.unknown");
  });
});

describe("the plan and the lint of a site", () => {
  test("fit the contract, and a fix that is taken leaves nothing of its finding", async () => {
    const { call, edit, importTags, site } = await training();
    await importTags();
    const [first] = site().tags;
    if (!first) throw new Error("no tags");
    const key = `${first.line}/${first.group}/${first.name}`;
    await edit({ kind: "changeTags", changes: [{ keys: [key], to: { precision: 0 } }] });

    const plan = await call("tags.plan", {});
    const lint = await call("tags.lint", { of: "site" });
    const found = lint.findings.find((one) => one.id === "tag.precision.missing" && one.tag === key);

    expect(calls["tags.plan"].output.safeParse(plan).success).toBe(true);
    expect(calls["tags.lint"].output.safeParse(lint).success).toBe(true);
    expect(plan.lines.find(({ line }) => line === "rtu")?.groups.length).toBeGreaterThan(2);
    expect(lint.byId["tag.precision.missing"]).toBeGreaterThan(0);
    await edit(found?.fix as SiteEdit);
    const after = await call("tags.lint", { of: "site" });
    expect(after.findings.some((one) => one.id === "tag.precision.missing" && one.tag === key)).toBe(false);
  });

  test("looks at what the gateway runs, and offers no edit for it", async () => {
    const { call, site } = await training();
    await expect(call("tags.lint", { of: "gateway" })).rejects.toThrow("gateway.notSignedIn");
    await call("gateway.signIn", { url: site().gateway?.url ?? "", user: "admin", password: "0000" });

    const lint = await call("tags.lint", { of: "gateway" });

    expect(lint.findings.every(({ fix }) => fix === null)).toBe(true);
  });
});
