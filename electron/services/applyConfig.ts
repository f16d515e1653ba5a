import type { GatewaySession } from "#capabilities/gatewayApi.ts";
import type { JobDetail } from "#contract/views.ts";
import { FaultError, hasFault } from "#domain/fault.ts";
import { diffConfigs } from "#domain/gateway/diff.ts";
import type { NeuronConfig } from "#domain/gateway/neuronConfig.ts";
import { planChanges } from "#domain/gateway/planChanges.ts";
import { phrase } from "#domain/phrase.ts";
import { ProblemError } from "#domain/problem.ts";
import { putBack, stopped } from "./gatewayChanges.ts";
import type { GatewayDesk } from "./gatewayDesk.ts";
import { waitForHealth } from "./gatewayHealth.ts";
import type { JobControl } from "./jobRunner.ts";
import { keepSnapshot } from "./keptSnapshot.ts";
import { seePublished } from "./publishSeen.ts";
import { settleUnfinished } from "./rollBack.ts";
import type { SiteDesk } from "./siteDesk.ts";
import { type Stages, stageList } from "./stages.ts";
import type { World } from "./world.ts";

export type ApplyDetail = Extract<JobDetail, { kind: "apply" }>;

/** Differences kept in the evidence when the gateway took something else than was sent. */
const shownDifferences = 50;

/**
 * Puts the site's configuration on the gateway: validate offline → snapshot → the fewest changes, tag by tag → read
 * back and compare → health → done; any failure after the first change puts the snapshot back. An earlier change
 * that the program left behind is put back first. Neuron's own import deletes first and never rolls back, so it is
 * not used.
 *
 * @throws FaultError gateway.rolledBack when the old configuration runs again, gateway.rollbackFailed when it could
 *   not be put back: then the intent in the evidence stays open, and the next sign-in offers to put it back
 */
export async function applyConfig(
  world: World,
  site: SiteDesk,
  desk: GatewayDesk,
  job: JobControl<ApplyDetail>,
): Promise<boolean> {
  const session = desk.session();
  const { url } = session;
  const { signal } = job;
  const codes = [
    "stage.validate",
    "stage.snapshot",
    "stage.apply",
    "stage.compare",
    "stage.health",
    "stage.published",
  ] as const;
  const stages = stageList(codes, world.clock, (items) => job.show({ ...job.detail, stages: items }));

  job.progress(0, codes.length, phrase("doing.checkingPlan"));
  const wanted = await stages.run("stage.validate", async () => {
    const design = await desk.wanted();
    if (!design.ok) throw new ProblemError(...design.problem);
    const tags = design.value.tags.reduce((sum, group) => sum + group.tags.length, 0);
    return { found: phrase("found.valid", { tags, nodes: design.value.nodes.length }), value: design.value };
  });

  job.progress(1, codes.length, phrase("doing.snapshot"));
  const before = await stages.run("stage.snapshot", async () => {
    await settleUnfinished(world, site, desk, signal).catch((error) => {
      // The old configuration cannot be had any more: going on to the new one is the way out.
      if (!hasFault(error, "gateway.snapshotLost")) throw error;
    });
    const config = await session.config(signal);
    const digest = desk.digest(config);
    await keepSnapshot(world, job.record, { url, digest, config });
    return {
      found: phrase("found.snapshot", { nodes: config.nodes.length, digest: digest.slice(0, 12) }),
      value: config,
    };
  });

  const target = desk.target(wanted, before);
  const changes = planChanges(target, before);
  const digest = desk.digest(target);
  const nodes = wanted.nodes.map((node) => node.name);
  const asleep = (await session.states(signal)).filter((state) => state.running === stopped);
  const stoppedBefore = asleep.map((state) => state.node);
  job.show({ ...job.detail, digest });
  // Nothing was changed yet: without the intent on the disk, or when cancelled here, there is nothing to put back.
  await job.record("applyIntent", {
    url,
    from: desk.digest(before),
    to: digest,
    nodes,
    stopped: stoppedBefore,
    touched: touchedNodes(target, before),
  });
  signal.throwIfAborted();
  const total = changes.length + 3;
  try {
    await stages.run("stage.apply", async () => {
      for (const [index, change] of changes.entries()) {
        job.progress(index, total, phrase("doing.applying", { change: index + 1, changes: changes.length }));
        await session.change(change, signal);
      }
      for (const node of stoppedBefore.filter((name) => nodes.includes(name)))
        await session.change({ kind: "startNode", node }, signal);
      return { found: phrase("found.applied", { changes: changes.length }), value: undefined };
    });
    job.progress(total - 2, total, phrase("doing.comparing"));
    await stages.run("stage.compare", async () => {
      const diff = diffConfigs(target, await session.config(signal));
      if (!diff.equal) {
        await job.record("applyDiffers", { differences: diff.differences.slice(0, shownDifferences) });
        throw new FaultError({ code: "gateway.differs", url, differences: diff.differences.length });
      }
      return { found: phrase("found.equal", { digest: digest.slice(0, 12) }), value: undefined };
    });
    job.progress(total - 1, total, phrase("doing.waitingForNodes"));
    await stages.run("stage.health", async () => {
      const reads = await waitForHealth(world, session, wanted, signal);
      return { found: phrase("found.healthy", { reads }), value: undefined };
    });
    await stages.run("stage.published", async () => {
      const topic = await seePublished(world, site.site(), url, signal);
      const found =
        topic === undefined ? phrase("found.publishNotLooked") : phrase("found.publishSeen", { topic });
      return { found, value: undefined };
    });
  } catch (error) {
    job.progress(total - 1, total, phrase("doing.rollingBack"));
    await rollBack(world, session, { config: before, stopped: stoppedBefore }, stages, job, error);
  }
  job.progress(total, total, phrase("doing.comparing"));
  await job.record("applied", { url, digest, nodes });
  return true;
}

/** Nodes that get other settings, or are made anew: what they hold afterwards tells nothing of before. */
function touchedNodes(target: NeuronConfig, before: NeuronConfig): readonly string[] {
  const kept = new Set(target.nodes.map((node) => node.name));
  const { differences } = diffConfigs(target, before);
  const changed = differences.filter((one) => one.kind === "setting" || one.kind === "node");
  return [...new Set(changed.map((one) => one.node))].filter((node) => kept.has(node));
}

/** Puts the old configuration back, cancelled or not: a gateway is never left between. Always throws. */
async function rollBack(
  world: World,
  session: GatewaySession,
  before: { readonly config: NeuronConfig; readonly stopped: readonly string[] },
  stages: Stages,
  job: JobControl<ApplyDetail>,
  error: unknown,
): Promise<never> {
  const because =
    error instanceof FaultError ? error.fault.code : error instanceof Error ? error.message : String(error);
  const { url } = session;
  try {
    await stages.run("stage.rollback", async () => {
      await putBack(world, session, before.config, before.stopped, new AbortController().signal);
      return { found: phrase("found.restored", { nodes: before.config.nodes.length }), value: undefined };
    });
  } catch (failure) {
    throw new FaultError({ code: "gateway.rollbackFailed", url, because }, failure);
  }
  await job.record("putBack", { url });
  throw new FaultError({ code: "gateway.rolledBack", url, because }, error);
}
