import { testWorkbench } from "#test/support/trainingWorkbench.ts";

/** A workbench in a process of its own that tells on stdout what it has done, until it is killed. */
const [folder = "", work = ""] = process.argv.slice(2);
const tell = (line: string) => process.stdout.write(`${line}\n`);
const bench = await testWorkbench({ folder });
await bench.call("site.training", {});
tell(`path ${bench.tables.site.get("site")?.path}`);

if (work === "scan") {
  const { jobId } = await bench.call("job.scan", { line: "rtu", from: 1, to: 247 });
  bench.tables.jobs.watch({
    changed() {
      const { detail } = bench.tables.jobs.get(jobId) ?? {};
      if (detail?.kind !== "scan") return;
      // The table is told before the disk, the evidence's own count after it.
      const lines = bench.tables.site.get("site")?.evidence.lines;
      tell(`scan ${jobId} ${detail.asked} ${lines}`);
    },
    removed: () => undefined,
  });
  await bench.open.jobEnded(jobId);
} else {
  for (let number = 1; ; number++) {
    await bench.edit({ kind: "describe", name: "Training", path: [], engineer: "", note: `edit ${number}` });
    tell(`edit ${number} ${Date.now()}`);
    await new Promise((resolve) => setTimeout(resolve, 3));
  }
}
