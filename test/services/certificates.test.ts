import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { type TestWorkbench, testWorkbench } from "#test/support/trainingWorkbench.ts";

const folder = await mkdtemp(join(tmpdir(), "lastmile-certificates-"));
let bench: TestWorkbench | undefined;
afterAll(async () => {
  await bench?.close();
  await rm(folder, { recursive: true, force: true });
});

test("certificates stand in the site's evidence and are shown again when it is opened again", {
  timeout: 60_000,
}, async () => {
  bench = await testWorkbench({ folder });
  await bench.call("site.training", {});
  const asked = { line: "plc", units: [1], soakMinutes: 0 };
  const first = await bench.job("quality", asked);
  expect(first).toMatchObject({ state: "done", good: true });
  expect(bench.tables.certificates.items()).toMatchObject([{ key: "plc/1", line: "plc", earlier: [] }]);

  await bench.job("quality", asked);
  const [shown] = bench.tables.certificates.items();
  expect(shown?.earlier).toMatchObject([{ verdict: "good", badShare: 0 }]);
  expect(shown?.certificate.asked).toBeGreaterThan(500);
  const path = bench.tables.site.get("site")?.path ?? "";
  await bench.call("site.close", {});
  expect(bench.tables.certificates.items()).toEqual([]);
  await bench.close();

  bench = await testWorkbench({ folder });
  await bench.call("site.open", { path });
  expect(bench.tables.certificates.items()).toEqual([shown]);
});
