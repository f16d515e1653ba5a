import { readFile } from "node:fs/promises";
import { testWorkbench } from "#test/support/trainingWorkbench.ts";
import { until } from "#test/support/until.ts";

/** A workbench in a process of its own that writes one tag to a unit that hangs, until it is killed. */
const [folder = "", port = ""] = process.argv.slice(2);
const bench = await testWorkbench({ folder });
await bench.call("site.training", {});
await bench.importTags();
const plc = bench.site().lines.find((line) => line.id === "plc");
await bench.edit({ kind: "putLine", line: { ...plc, port: Number(port), timeoutMs: 10_000 } as never });
const path = bench.tables.site.get("site")?.path ?? "";
// What was edited within the last 300 ms may be lost with the process.
await until(async () => (await readFile(path, "utf8")).includes(`"port": ${port}`), "the edits on the disk");
process.stdout.write(`path ${path}\n`);
await bench.job("write", { tag: "plc/tank/tank/high_limit", value: "4.2" });
