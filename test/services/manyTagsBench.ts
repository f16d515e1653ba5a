import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { diffConfigs } from "#domain/gateway/diff.ts";
import { planChanges } from "#domain/gateway/planChanges.ts";
import { printSite } from "#domain/site/siteFile.ts";
import type { Tag } from "#domain/tag/tag.ts";
import { trainingSite } from "#simulator/trainingSite.ts";
import { testWorkbench } from "#test/support/trainingWorkbench.ts";
import { twoDesigns } from "#test/support/twoDesigns.ts";

/**
 * Applies 5,000 tags to a virtual gateway in the same process, which is why it is a process of its own: prints the
 * times, the process's peak memory and how a cancelled apply ended, as one line of JSON.
 */
const simulation = trainingSite();
const place = await simulation.start();
const folder = await mkdtemp(join(tmpdir(), "lastmile-test-"));
const path = join(folder, "many.site.json");
const [one] = twoDesigns(place, place.gatewayUrl);
const like = one.tags[0] as Tag;
const groups = Array.from({ length: 10 }, (_, index) => ({
  line: "a",
  name: `group ${index}`,
  intervalMs: 1000,
}));
const tags = groups.flatMap(({ name }) =>
  Array.from({ length: 500 }, (_, index) => ({ ...like, group: name, name: `tag ${index}` })),
);
await writeFile(path, printSite({ ...one, lines: one.lines.slice(0, 1), groups, tags }));
const bench = await testWorkbench({ folder });
await bench.call("site.open", { path });
await bench.call("gateway.signIn", { url: place.gatewayUrl, user: "admin", password: "0000" });
const { signal } = new AbortController();
const session = await bench.world.gateways.signIn(place.gatewayUrl, "admin", "0000", signal);

const { jobId } = await bench.call("job.apply", {});
await new Promise<void>((changing) => {
  const stop = bench.tables.jobs.watch({
    changed() {
      const job = bench.tables.jobs.get(jobId);
      if (job?.doing?.code !== "doing.applying" || job.done < 8) return;
      stop();
      changing();
    },
    removed: () => undefined,
  });
});
await bench.call("job.cancel", { jobId });
const cancelled = await bench.open.jobEnded(jobId);
const nodesAfterCancel = (await session.config(signal)).nodes.length;

const steps: string[] = [];
bench.tables.jobs.watch({
  changed(key) {
    const job = bench.tables.jobs.get(key);
    if (job?.doing?.code === "doing.applying") steps.push(`${job.done}/${job.total}`);
  },
  removed: () => undefined,
});
const applyingAt = performance.now();
const job = await bench.job("apply");
const applyMs = Math.round(performance.now() - applyingAt);

const running = await session.config(signal);
const [first, ...rest] = running.tags;
const wanted = {
  ...running,
  tags: [
    ...rest,
    { ...first, tags: first?.tags.map((tag, index) => (index % 5 === 0 ? { ...tag, bias: 1 } : tag)) },
  ] as typeof running.tags,
};
const diffingAt = performance.now();
const changes = planChanges(wanted, running).length;
const differences = diffConfigs(wanted, running).differences.length;
const diffMs = Math.round(performance.now() - diffingAt);
const planningAt = performance.now();
const plan = await bench.call("gateway.plan", {});
const planMs = Math.round(performance.now() - planningAt);

const told = {
  tags: running.tags.reduce((sum, group) => sum + group.tags.length, 0),
  state: job.state,
  applyMs,
  diffMs,
  planMs,
  equal: plan.equal,
  changes,
  differences,
  steps: new Set(steps).size,
  cancelled: cancelled.state,
  nodesAfterCancel,
  peakMb: Math.round(process.resourceUsage().maxRSS / 1024),
};
process.stdout.write(`${JSON.stringify(told)}\n`);
await bench.open.close();
await simulation.stop();
await rm(folder, { recursive: true, force: true });
