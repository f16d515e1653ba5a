import { readFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { modbusLines } from "#adapters/modbus/lines.ts";
import type { CallInput, CallName, CallOutput } from "#contract/contract.ts";
import type { JobDetail, JobView } from "#contract/views.ts";
import type { SiteEdit } from "#domain/site/edit.ts";
import type { Site } from "#domain/site/site.ts";
import { resourceFolder } from "#hosts/cli/folders.ts";
import { composeWorld } from "#hosts/compose.ts";
import type { Tables } from "#services/tables.ts";
import { createWorkbench, type OpenWorkbench } from "#services/workbench.ts";
import type { World } from "#services/world.ts";
import { trainingPlan } from "#simulator/trainingPlan.ts";
import { type TrainingSite, trainingSite } from "#simulator/trainingSite.ts";

export const trainingTable = readFileSync(join(resourceFolder, "training-site", "tags.csv"), "utf8");

/** The whole program without a screen, over the real adapters and a training site whose faults can be switched. */
export interface TestWorkbench {
  readonly world: World;
  readonly simulation: TrainingSite;
  readonly folder: string;
  readonly open: OpenWorkbench;
  readonly tables: Tables;
  call<N extends CallName>(name: N, input: CallInput<N>): Promise<CallOutput<N>>;
  edit(edit: SiteEdit): Promise<unknown>;
  /** the open site, as the page knows it */
  site(): Site;
  /** starts a job and waits for its end */
  job<K extends JobDetail["kind"]>(
    kind: K,
    input?: object,
  ): Promise<JobView & { detail: Extract<JobDetail, { kind: K }> }>;
  importTags(text?: string): Promise<void>;
  close(): Promise<void>;
}

export async function testWorkbench(
  choices: {
    readonly folder?: string;
    readonly simulation?: TrainingSite;
    readonly change?: (world: World) => Partial<World>;
  } = {},
): Promise<TestWorkbench> {
  const folder = choices.folder ?? (await mkdtemp(join(tmpdir(), "lastmile-test-")));
  const simulation = choices.simulation ?? trainingSite();
  const composed = await composeWorld({ host: "cli", dataFolder: folder, resourceFolder });
  const plain: World = {
    ...composed,
    ports: simulation.ports,
    lines: modbusLines(simulation.ports),
    training: {
      start: simulation.start,
      stop: simulation.stop,
      plan: trainingPlan,
      tagTable: async () => trainingTable,
    },
  };
  const world = { ...plain, ...choices.change?.(plain) };
  const open = createWorkbench(world);
  const { handlers } = open.workbench;
  // The services make these tables; the contract's type hides that they are the same.
  const tables = open.workbench.tables as Tables;
  const { signal } = new AbortController();
  const call: TestWorkbench["call"] = (name, input) => handlers[name](input as never, signal) as never;
  let uploads = 0;
  return {
    world,
    simulation,
    folder,
    open,
    tables,
    call,
    edit: (edit) => call("site.edit", { edit: edit as never }),
    site() {
      const head = tables.site.get("site")?.head;
      const tags = [...tables.tags.items()].sort((a, b) => a.index - b.index).map((view) => view.tag);
      return { ...head, tags } as unknown as Site;
    },
    async job(kind, input = {}) {
      const { jobId } = await call(`job.${kind}` as "job.apply", input as never);
      return (await open.jobEnded(jobId)) as never;
    },
    async importTags(text = trainingTable) {
      const uploadId = `tags${++uploads}`;
      await call("upload.append", { id: uploadId, text });
      const { importId } = await call("tags.preview", { uploadId, line: "rtu" });
      await call("tags.import", { importId });
    },
    async close() {
      await open.close();
      if (choices.folder === undefined) await rm(folder, { recursive: true, force: true });
    },
  };
}
