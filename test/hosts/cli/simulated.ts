import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Site } from "#domain/site/site.ts";
import { printSite } from "#domain/site/siteFile.ts";
import { trainingPlan } from "#simulator/trainingPlan.ts";
import { fixedPorts } from "#simulator/trainingSite.ts";
import { buildProgram, type Ended, type Started, startProgram } from "#test/support/program.ts";
import { until } from "#test/support/until.ts";

/** The command line as a program, `lastmile simulate` beside it, and a folder with a site file that fits. */
export interface CommandLine {
  readonly folder: string;
  readonly site: string;
  readonly path: string;
  readonly simulation: Started;
  run(...words: string[]): Promise<Ended>;
  /** the one JSON document of a call; fails when stdout holds anything else */
  json(...words: string[]): Promise<{ readonly code: number | string; readonly document: never }>;
  start(...words: string[]): Started;
  close(): Promise<void>;
}

const host = "127.0.0.1";

/** The simulated site as another computer on the network would describe it. */
export const simulatedSite: Site = {
  ...trainingPlan({
    serialPort: `tcp://${host}:${fixedPorts.line}`,
    plc: { host, port: fixedPorts.plc },
    gatewayUrl: `http://${host}:${fixedPorts.gateway}`,
    broker: { host, port: fixedPorts.broker },
  }),
  id: "station",
  name: "Station",
  training: false,
};

export async function commandLine(): Promise<CommandLine> {
  const program = await buildProgram("electron/hosts/cli/main.ts");
  const folder = await mkdtemp(join(tmpdir(), "lastmile-test-"));
  const site = join(folder, "station.site.json");
  await writeFile(site, printSite(simulatedSite));
  const start = (...words: string[]) =>
    startProgram(program.path, words, { LASTMILE_DATA: join(folder, "data") });
  const simulation = start("simulate");
  const ended = simulation.ended.then(({ stderr }) => Promise.reject(new Error(`simulate ended: ${stderr}`)));
  ended.catch(() => undefined);
  await Promise.race([until(() => simulation.stdout().includes("tags "), "the simulation", 10_000), ended]);
  return {
    folder,
    site,
    path: program.path,
    simulation,
    start,
    run: (...words) => start(...words).ended,
    async json(...words) {
      const { code, stdout, stderr } = await start(...words, "--json").ended;
      try {
        return { code, document: JSON.parse(stdout) as never };
      } catch {
        throw new Error(`not one JSON document: ${JSON.stringify(stdout)} ${stderr}`);
      }
    },
    async close() {
      simulation.kill("SIGKILL");
      await simulation.ended;
      await program.remove();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
