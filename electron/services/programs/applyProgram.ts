import type { JobDetail } from "#contract/views.ts";
import { FaultError, hasFault } from "#domain/fault.ts";
import { lastProgramIntent, ownItems } from "#domain/gateway/programIntent.ts";
import { phrase } from "#domain/phrase.ts";
import { ProblemError } from "#domain/problem.ts";
import type { JobControl } from "../jobRunner.ts";
import type { SiteDesk } from "../siteDesk.ts";
import { type Stages, stageList } from "../stages.ts";
import type { World } from "../world.ts";
import { digestOf, keepState, keptState } from "./keptState.ts";
import type { ProgramSide } from "./programSide.ts";
import { differs, putBackProgram, unlike } from "./putBackProgram.ts";

export type ProgramDetail = Extract<JobDetail, { kind: "program" }>;

/** Differences kept in the evidence when the program took something else than was sent. */
const shownDifferences = 50;
/** Looks until it must show what it was told: a restart takes seconds on a small gateway. */
const looks = 80;

export interface ProgramTarget<S> {
  /** what is to run, made of what runs; throws ProblemError for a design that it would wrongly take */
  readonly of: (running: S) => S;
  /** names of what the site has there afterwards */
  readonly own: readonly string[];
}

/**
 * Puts the site's part on a program beside Neuron: snapshot → validate → change → read back and compare → health →
 * done; any failure after the first change puts the snapshot back. A change that the program left behind is put back
 * first.
 *
 * @throws FaultError gateway.rolledBack when what ran before runs again, gateway.rollbackFailed when it could not be
 *   put back: then the intent in the evidence stays open, and the next sign-in offers to put it back
 */
export async function applyProgram<S>(
  world: World,
  desk: SiteDesk,
  side: ProgramSide<S>,
  wanted: ProgramTarget<S>,
  job: JobControl<ProgramDetail>,
): Promise<boolean> {
  const { program, url } = side;
  const { signal } = job;
  const codes = [
    "stage.snapshot",
    "stage.validate",
    "stage.apply",
    "stage.compare",
    "stage.programUp",
  ] as const;
  const stages = stageList(codes, world.clock, (items) => job.show({ ...job.detail, stages: items }));

  job.progress(0, codes.length, phrase("doing.snapshot"));
  const before = await stages.run("stage.snapshot", async () => {
    await settleProgram(world, desk, side, signal).catch((error) => {
      // What ran before cannot be had any more: going on to the new is the way out.
      if (!hasFault(error, "program.snapshotLost")) throw error;
    });
    const state = await side.read(signal);
    const digest = await keepState(world, side, job.record, state);
    return { found: phrase("found.programSnapshot", { digest: digest.slice(0, 12) }), value: state };
  });

  job.progress(1, codes.length, phrase("doing.checkingPlan"));
  const target = await stages.run("stage.validate", async () => {
    const value = wanted.of(before);
    const differences = side.differences(value, before).length;
    return { found: phrase("found.programValid", { differences }), value };
  });
  const to = digestOf(world, side, target);
  job.show({ ...job.detail, digest: to });
  const isBlind = side.isBlind(target, before);
  // Nothing was changed yet: without the intent on the disk, or when cancelled here, there is nothing to put back.
  await job.record("programIntent", {
    program,
    url,
    from: digestOf(world, side, before),
    to,
    touched: side.touched(target, before),
    own: wanted.own,
    ownBefore: ownItems(desk.evidence(), program, url),
    blind: isBlind,
  });
  try {
    signal.throwIfAborted();
    job.progress(2, codes.length, phrase("doing.changingProgram"));
    await stages.run("stage.apply", async () => {
      const calls = await side.change(target, before, signal);
      return { found: phrase("found.programChanged", { calls }), value: undefined };
    });
    job.progress(3, codes.length, phrase("doing.comparing"));
    await stages.run("stage.compare", async () => {
      const left = await unlike(world, side, target, looks, signal);
      if (left > 0) {
        const differences = side.differences(target, await side.read(signal));
        await job.record("programDiffers", { differences: differences.slice(0, shownDifferences) });
        throw differs(side, left);
      }
      return { found: phrase("found.equal", { digest: to.slice(0, 12) }), value: undefined };
    });
    job.progress(4, codes.length, phrase("doing.waitingForProgram"));
    await stages.run("stage.programUp", async () => ({
      found: await side.health(target, signal),
      value: undefined,
    }));
  } catch (error) {
    job.progress(4, codes.length, phrase("doing.rollingBack"));
    await rollBack(world, side, { state: before, isBlind }, stages, job, error);
  }
  job.progress(5, codes.length, phrase("doing.comparing"));
  await job.record("programApplied", { program, url, digest: to, own: wanted.own });
  return true;
}

/** Puts the old state back, cancelled or not: a program is never left between. Always throws. */
async function rollBack<S>(
  world: World,
  side: ProgramSide<S>,
  before: { readonly state: S; readonly isBlind: boolean },
  stages: Stages,
  job: JobControl<ProgramDetail>,
  error: unknown,
): Promise<never> {
  const because =
    error instanceof FaultError ? error.fault.code : error instanceof Error ? error.message : String(error);
  const { program, url } = side;
  try {
    await stages.run("stage.rollback", async () => {
      await putBackProgram(world, side, before.state, before.isBlind, new AbortController().signal);
      return { found: phrase("found.programRestored"), value: undefined };
    });
  } catch (failure) {
    throw new FaultError({ code: "gateway.rollbackFailed", url, because }, failure);
  }
  await job.record("programPutBack", { program, url });
  throw new FaultError({ code: "gateway.rolledBack", url, because }, error);
}

/**
 * Looks whether a change that was left behind was finished or never begun, and notes it.
 *
 * @returns when it was begun, ms since 1970, where the program is between the two, or does not tell
 */
export async function lookAtUnfinished<S>(
  world: World,
  desk: SiteDesk,
  side: ProgramSide<S>,
  running: S,
): Promise<number | undefined> {
  const { program, url } = side;
  const last = lastProgramIntent(desk.evidence(), program, url);
  if (!last?.isOpen) return undefined;
  const { job, at, from, to, own, blind } = last.intent;
  if (blind) return at;
  const now = digestOf(world, side, running);
  if (now === to) await desk.record("job.programApplied", { job, program, url, digest: to, own });
  else if (now === from) await desk.record("job.programPutBack", { job, program, url });
  else return at;
  return undefined;
}

/** Ends a change that was left behind: notes how it ended, or puts back what ran before it. */
async function settleProgram<S>(
  world: World,
  desk: SiteDesk,
  side: ProgramSide<S>,
  signal: AbortSignal,
): Promise<void> {
  const { program, url } = side;
  const running = await side.read(signal);
  if ((await lookAtUnfinished(world, desk, side, running)) === undefined) return;
  const last = lastProgramIntent(desk.evidence(), program, url);
  if (!last?.isOpen) return;
  const before = await keptState(world, side, desk, last.intent, running);
  await putBackProgram(world, side, before, last.intent.blind, signal);
  await desk.record("job.programPutBack", { job: last.intent.job, program, url });
}

/**
 * Puts back what the program ran before the last change: one that was left half made, or one that was kept. The
 * latter is a change like any other, announced and kept in the evidence, and can itself be taken back.
 *
 * @throws ProblemError gateway.nothingToPutBack; FaultError program.snapshotLost, and those of putBackProgram
 */
export async function rollBackProgram<S>(
  world: World,
  desk: SiteDesk,
  side: ProgramSide<S>,
  job: JobControl<ProgramDetail>,
): Promise<boolean> {
  const { program, url } = side;
  const last = lastProgramIntent(desk.evidence(), program, url);
  if (last === undefined) throw new ProblemError({ code: "gateway.nothingToPutBack", url });
  const codes = ["stage.snapshot", "stage.rollback"] as const;
  const stages = stageList(codes, world.clock, (items) => job.show({ ...job.detail, stages: items }));
  const { intent, isOpen } = last;
  job.progress(0, codes.length, phrase("doing.snapshot"));
  const { before, running } = await stages.run("stage.snapshot", async () => {
    const now = await side.read(job.signal);
    const value = { before: await keptState(world, side, desk, intent, now), running: now };
    const digest = await keepState(world, side, job.record, now);
    return { found: phrase("found.programSnapshot", { digest: digest.slice(0, 12) }), value };
  });
  const to = digestOf(world, side, before);
  job.show({ ...job.detail, digest: to });
  const isBlind = intent.blind || side.isBlind(before, running);
  if (!isOpen)
    await job.record("programIntent", {
      program,
      url,
      from: digestOf(world, side, running),
      to,
      touched: side.touched(before, running),
      own: intent.ownBefore,
      ownBefore: ownItems(desk.evidence(), program, url),
      blind: isBlind,
    });
  job.signal.throwIfAborted();
  job.progress(1, codes.length, phrase("doing.rollingBack"));
  await stages.run("stage.rollback", async () => {
    // Begun is finished: between the two there is no place to stop.
    await putBackProgram(world, side, before, isBlind, new AbortController().signal);
    return { found: phrase("found.programRestored"), value: undefined };
  });
  if (isOpen) await desk.record("job.programPutBack", { job: intent.job, program, url });
  else await job.record("programApplied", { program, url, digest: to, own: intent.ownBefore });
  return true;
}
