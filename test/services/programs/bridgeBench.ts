import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { systemClock } from "#adapters/clock.ts";
import { ekuipers } from "#adapters/programs/ekuiper.ts";
import { nanomqs } from "#adapters/programs/nanomq.ts";
import type { Clock } from "#capabilities/clock.ts";
import type { Ekuipers } from "#capabilities/ekuiperApi.ts";
import type { Nanomqs } from "#capabilities/nanomqApi.ts";
import { newSite } from "#domain/site/newSite.ts";
import type { Bridge, Site } from "#domain/site/site.ts";
import { printSite } from "#domain/site/siteFile.ts";
import { type TestWorkbench, testWorkbench } from "#test/support/trainingWorkbench.ts";

/** Seconds pass in one: half a minute of patience need not be waited for. */
export const quickClock = (times: number): Clock => ({
  ...systemClock,
  monotonic: () => performance.now() * times,
  sleep: (ms, signal) => systemClock.sleep(ms / times, signal),
});

export function bridgeTo(brokerPort: number, url: string, changes: Partial<Bridge> = {}): Bridge {
  return {
    url,
    user: "admin",
    name: "cloud",
    server: `mqtt-tcp://127.0.0.1:${brokerPort}`,
    version: "3.1.1",
    clientId: "site42-bridge",
    cleanStart: false,
    keepAliveSeconds: 30,
    username: "",
    queueLength: 1024,
    forwards: [{ local: "plant/#", remote: "", qos: 1 }],
    subscriptions: [{ local: "", remote: "cmd/site42/#", qos: 1 }],
    ...changes,
  };
}

export const siteWith = (bridge?: Bridge): Site => ({
  ...newSite("site42", "Pump house"),
  ...(bridge && { bridge }),
});

/** A workbench with one site in a folder of its own, or in one that was used before. */
export async function openBridgeBench(
  site: Site | undefined,
  choices: {
    readonly folder?: string;
    readonly api?: Nanomqs;
    readonly rules?: Ekuipers;
    readonly times?: number;
  } = {},
): Promise<{ readonly bench: TestWorkbench; readonly folder: string; close(): Promise<void> }> {
  const folder = choices.folder ?? (await mkdtemp(join(tmpdir(), "lastmile-test-")));
  const path = join(folder, "bridge.site.json");
  if (site) await writeFile(path, printSite(site));
  const bench = await testWorkbench({
    folder,
    change: () => ({
      clock: quickClock(choices.times ?? 5),
      nanomqs: choices.api ?? nanomqs(),
      ekuipers: choices.rules ?? ekuipers(),
    }),
  });
  await bench.call("site.open", { path });
  return {
    bench,
    folder,
    async close() {
      await bench.open.close();
      if (choices.folder === undefined) await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Signs in with the factory's account; `file` is handed in as nanomq.conf. */
export async function signInNanomq(bench: TestWorkbench, url: string, file?: string): Promise<void> {
  let uploadId: string | null = null;
  if (file !== undefined) {
    uploadId = "conf";
    await bench.call("upload.append", { id: uploadId, text: Buffer.from(file).toString("base64") });
  }
  await bench.call("program.signIn", { program: "nanomq", url, user: "admin", password: "public", uploadId });
}

export const applyBridge = (bench: TestWorkbench, action: "apply" | "rollback" = "apply") =>
  bench.job("program", { program: "nanomq", action });
