import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Site } from "#domain/site/site.ts";
import { printSite } from "#domain/site/siteFile.ts";
import { parseAddress } from "#domain/tag/parseAddress.ts";
import type { Tag } from "#domain/tag/tag.ts";
import { thrown } from "#test/support/thrown.ts";
import { type TestWorkbench, testWorkbench } from "#test/support/trainingWorkbench.ts";
import { twoDesigns } from "#test/support/twoDesigns.ts";

let bench: TestWorkbench;

beforeAll(async () => {
  bench = await testWorkbench();
  const place = await bench.simulation.start();
  const [one] = twoDesigns(place, place.gatewayUrl);
  const writable = (name: string, place: string, more: Partial<Tag>): Tag => {
    const address = parseAddress(place, "float");
    if (!address.ok) throw new Error(place);
    const like = one.tags[0] as Tag;
    return { ...like, group: "fast", name, address: address.value, access: ["read", "write"], ...more };
  };
  const site: Site = {
    ...one,
    lines: one.lines.slice(0, 1),
    groups: one.groups.slice(0, 1),
    tags: [
      writable("limit", "1!400007#LL", {}),
      writable("biased", "1!400007#LL", { bias: 100, scale: 0.5 }),
      writable("level", "1!400001#LL", {}),
      writable("fixed", "1!400007#LL", { access: ["read"] }),
    ],
  };
  const path = join(bench.folder, "write.site.json");
  await writeFile(path, printSite(site));
  await bench.call("site.open", { path });
  await bench.call("gateway.signIn", { url: place.gatewayUrl, user: "admin", password: "0000" });
  expect(await bench.job("apply")).toMatchObject({ state: "done", good: true });
});
afterAll(() => bench.close());

const write = async (tag: string, value: string) => {
  const { jobId } = await bench.call("job.writeThrough", { tag: `a/fast/${tag}`, value });
  return bench.open.jobEnded(jobId);
};

test("a value is done when it came back", async () => {
  const job = await write("limit", "4.2");

  expect(job).toMatchObject({ state: "done", good: true, detail: { after: "4.2" } });
});

test("scale and bias are undone, though Neuron forgets the bias", async () => {
  const job = await write("biased", "102.5");

  expect(job).toMatchObject({ state: "done", good: true, detail: { after: "102.5" } });
  expect(await write("limit", "5.0")).toMatchObject({ detail: { before: "5" } });
});

test("a write that the device refused is not done, whatever the gateway answered", async () => {
  const job = await write("level", "99");

  expect(job).toMatchObject({
    state: "failed",
    failure: { code: "gateway.writeNotKept", facts: { tag: "level", wrote: "99" } },
  });
});

test("what cannot be written is refused before anything is sent", async () => {
  expect(await write("fixed", "1")).toMatchObject({ failure: { code: "tag.accessUnfit" } });
  expect(await write("limit", "much")).toMatchObject({ failure: { code: "value.notNumber" } });
  expect(await write("limit", "1e99")).toMatchObject({ failure: { kind: "problem" } });
  expect(await write("nothing", "1")).toMatchObject({ failure: { code: "input.invalid" } });
});

test("a new password is taken, and the session goes on with it", async () => {
  await bench.call("gateway.setPassword", { password: "better1" });

  expect(bench.tables.gateway.get("gateway")).toMatchObject({ defaultPassword: false });
  const url = bench.tables.gateway.get("gateway")?.url ?? "";
  expect(await thrown(bench.call("gateway.signIn", { url, user: "admin", password: "0000" }))).toMatchObject({
    code: "gateway.loginRefused",
  });
  await bench.call("gateway.signIn", { url, user: "admin", password: "better1" });
});
