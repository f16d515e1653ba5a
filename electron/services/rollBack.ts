import { lastIntent } from "#domain/gateway/openIntent.ts";
import { planChanges } from "#domain/gateway/planChanges.ts";
import { phrase } from "#domain/phrase.ts";
import { ProblemError } from "#domain/problem.ts";
import type { ApplyDetail } from "./applyConfig.ts";
import { putBack, stopped } from "./gatewayChanges.ts";
import type { GatewayDesk } from "./gatewayDesk.ts";
import type { JobControl } from "./jobRunner.ts";
import { keepSnapshot, keptSnapshot } from "./keptSnapshot.ts";
import type { SiteDesk } from "./siteDesk.ts";
import { stageList } from "./stages.ts";
import type { World } from "./world.ts";

/**
 * Ends a change that the program left behind: notes that it was finished or never begun, or puts back what ran
 * before it. Nothing to do without one.
 *
 * @throws FaultError gateway.snapshotLost, and those of putBack
 */
export async function settleUnfinished(
  world: World,
  site: SiteDesk,
  desk: GatewayDesk,
  signal: AbortSignal,
): Promise<void> {
  const session = desk.session();
  const { url } = session;
  if ((await desk.lookAtUnfinished(signal)) === undefined) return;
  const last = lastIntent(site.evidence(), url);
  if (!last?.isOpen) return;
  const { intent } = last;
  const running = await session.config(signal);
  const before = await keptSnapshot(world, site, { url, intent, running });
  await putBack(world, session, before, intent.stopped, signal);
  await site.record("job.putBack", { job: intent.job, url });
}

/**
 * Puts back what ran on the gateway before the last change: one that was left half made, or one that was kept.
 * The latter is a change like any other, announced and kept in the evidence, and can itself be taken back.
 *
 * @throws ProblemError gateway.nothingToPutBack; FaultError gateway.snapshotLost, and those of putBack
 */
export async function rollBackGateway(
  world: World,
  site: SiteDesk,
  desk: GatewayDesk,
  job: JobControl<ApplyDetail>,
): Promise<boolean> {
  const session = desk.session();
  const { url } = session;
  const { signal } = job;
  const last = lastIntent(site.evidence(), url);
  if (last === undefined) throw new ProblemError({ code: "gateway.nothingToPutBack", url });
  const codes = ["stage.snapshot", "stage.rollback"] as const;
  const stages = stageList(codes, world.clock, (items) => job.show({ ...job.detail, stages: items }));
  const { intent, isOpen } = last;

  job.progress(0, codes.length, phrase("doing.snapshot"));
  const { before, running, asleep } = await stages.run("stage.snapshot", async () => {
    const config = await session.config(signal);
    const digest = desk.digest(config);
    const states = await session.states(signal);
    const value = {
      before: await keptSnapshot(world, site, { url, intent, running: config }),
      running: config,
      asleep: states.filter((state) => state.running === stopped).map((state) => state.node),
    };
    await keepSnapshot(world, job.record, { url, digest, config });
    return {
      found: phrase("found.snapshot", { nodes: config.nodes.length, digest: digest.slice(0, 12) }),
      value,
    };
  });
  const to = desk.digest(before);
  job.show({ ...job.detail, digest: to });
  // What an earlier change put there and the last one took away is the site's again.
  const nodes = desk.everOwnNodes().filter((name) => before.nodes.some((node) => node.name === name));
  if (!isOpen) {
    const from = desk.digest(running);
    const touched = planChanges(before, running).flatMap((change) => ("node" in change ? [change.node] : []));
    await job.record("applyIntent", { url, from, to, nodes, stopped: asleep, touched });
  }
  signal.throwIfAborted();
  job.progress(1, codes.length, phrase("doing.rollingBack"));
  await stages.run("stage.rollback", async () => {
    // Begun is finished: between the two there is no place to stop.
    await putBack(world, session, before, intent.stopped, new AbortController().signal);
    return { found: phrase("found.restored", { nodes: before.nodes.length }), value: undefined };
  });
  if (isOpen) await site.record("job.putBack", { job: intent.job, url });
  else await job.record("applied", { url, digest: to, nodes });
  return true;
}
