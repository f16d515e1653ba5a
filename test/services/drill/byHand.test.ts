import { expect, onTestFinished, test } from "vitest";
import { cuttable } from "#test/support/cuttable.ts";
import { testWorkbench, trainingTable } from "#test/support/trainingWorkbench.ts";
import { until } from "#test/support/until.ts";

test("a cable that a person pulls and plugs is seen by itself, our own broken session too", async () => {
  const bench = await testWorkbench();
  onTestFinished(() => bench.close());
  await bench.call("site.training", {});
  await bench.importTags(
    trainingTable
      .split("\n")
      .filter((row) => !row.startsWith("rtu,"))
      .join("\n"),
  );
  await bench.edit({ kind: "setInterval", line: "plc", group: "tank", intervalMs: 500 });
  const { uplink, gateway } = bench.site();
  if (!uplink || !gateway) throw new Error("the training site has both");
  const way = await cuttable(uplink.host, uplink.port);
  onTestFinished(() => way.close());
  await bench.edit({ kind: "setUplink", uplink: { ...uplink, host: "127.0.0.1", port: way.port } });
  await bench.call("gateway.signIn", { url: gateway.url, user: "admin", password: "0000" });
  expect(await bench.job("apply")).toMatchObject({ good: true, failure: null });
  const { jobId } = await bench.call("job.drill", { by: "hand", how: "reset", holdSeconds: 2 });
  const phase = () => {
    const detail = bench.tables.jobs.get(jobId)?.detail;
    return detail?.kind === "drill" ? detail.phase : undefined;
  };

  await until(() => phase() === "pull", "the request to pull", 30_000);
  await way.cut();
  await until(() => phase() === "plug", "the request to plug", 30_000);
  await way.mend();
  const job = await bench.open.jobEnded(jobId);

  expect(job.failure).toBeNull();
  if (job.detail.kind !== "drill") throw new Error("no drill");
  const { outcome, cutAt, restoredAt } = job.detail;
  expect(Number(restoredAt) - Number(cutAt)).toBeGreaterThan(1900);
  expect(outcome?.arrived).toBeGreaterThan(5);
  expect(outcome?.findings.map(({ says }) => says.code)).toContain("drillNote.ownLink");
}, 150_000);
