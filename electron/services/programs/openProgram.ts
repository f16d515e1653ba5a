import type { CallOutput } from "#contract/contract.ts";
import { failuresOf } from "#contract/failure.ts";
import type { ProgramView } from "#contract/gatewayViews.ts";
import { phrase } from "#domain/phrase.ts";
import { ProblemError } from "#domain/problem.ts";
import type { SiteEdit } from "#domain/site/edit.ts";
import type { JobControl } from "../jobRunner.ts";
import type { SiteDesk } from "../siteDesk.ts";
import { stageList } from "../stages.ts";
import type { World } from "../world.ts";
import {
  applyProgram,
  lookAtUnfinished,
  type ProgramDetail,
  type ProgramTarget,
  rollBackProgram,
} from "./applyProgram.ts";
import { digestOf, keepState } from "./keptState.ts";
import type { ProgramSide } from "./programSide.ts";

/** Rows that are shown; the rest is counted. */
const shownRows = 2000;

/** A program that somebody signed in to, whatever it runs. */
export interface OpenProgram {
  readonly url: string;
  view(signal: AbortSignal): Promise<ProgramView>;
  compare(signal: AbortSignal): Promise<CallOutput<"program.diff">>;
  /** what runs there as an edit of the site; its passwords are kept apart */
  take(item: string | null, signal: AbortSignal): Promise<SiteEdit>;
  apply(job: JobControl<ProgramDetail>): Promise<boolean>;
  rollBack(job: JobControl<ProgramDetail>): Promise<boolean>;
  snapshot(job: JobControl<ProgramDetail>): Promise<boolean>;
}

/** What is special about one of the programs. */
export interface ProgramKind<S> {
  readonly side: ProgramSide<S>;
  /** what the site wants there now; throws ProblemError program.nothingWanted where it wants nothing */
  readonly wanted: () => Promise<ProgramTarget<S>>;
  readonly facts: Pick<ProgramView, "key" | "url" | "user" | "version" | "defaultPassword">;
  readonly fileKnown: () => boolean;
  readonly items: (state: S, signal: AbortSignal) => Promise<ProgramView["items"]>;
  readonly take: (state: S, item: string | null) => Promise<SiteEdit>;
}

export function openProgram<S>(world: World, desk: SiteDesk, kind: ProgramKind<S>): OpenProgram {
  const { side } = kind;

  async function differences(state: S): Promise<number | null> {
    try {
      const wanted = await kind.wanted();
      return side.differences(wanted.of(state), state).length;
    } catch (error) {
      if (error instanceof ProblemError) return null;
      throw error;
    }
  }

  return {
    url: side.url,
    async view(signal) {
      const state = await side.read(signal);
      return {
        ...kind.facts,
        fileKnown: kind.fileKnown(),
        digest: digestOf(world, side, state),
        items: await kind.items(state, signal),
        differences: await differences(state),
        // A site that may not be written cannot note how a change ended.
        unfinishedSince: desk.isWritable
          ? ((await lookAtUnfinished(world, desk, side, state)) ?? null)
          : null,
      };
    },
    async compare(signal) {
      const state = await side.read(signal);
      try {
        const rows = side.differences((await kind.wanted()).of(state), state);
        return {
          equal: rows.length === 0,
          total: rows.length,
          rows: rows.slice(0, shownRows).map((row) => ({ ...row })),
          problems: [],
        };
      } catch (error) {
        if (!(error instanceof ProblemError)) throw error;
        return { equal: false, total: 0, rows: [], problems: [...failuresOf(error)] };
      }
    },
    take: async (item, signal) => kind.take(await side.read(signal), item),
    async apply(job) {
      return applyProgram(world, desk, side, await kind.wanted(), job);
    },
    rollBack: (job) => rollBackProgram(world, desk, side, job),
    async snapshot(job) {
      const stages = stageList(["stage.snapshot"], world.clock, (items) =>
        job.show({ ...job.detail, stages: items }),
      );
      job.progress(0, 1, phrase("doing.snapshot"));
      const digest = await stages.run("stage.snapshot", async () => {
        const value = await keepState(world, side, job.record, await side.read(job.signal));
        return { found: phrase("found.programSnapshot", { digest: value.slice(0, 12) }), value };
      });
      job.show({ ...job.detail, digest });
      return true;
    },
  };
}
