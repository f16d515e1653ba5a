import type { GatewaySession } from "#capabilities/gatewayApi.ts";
import type { JobDetail } from "#contract/views.ts";
import { FaultError, hasFault } from "#domain/fault.ts";
import { diffConfigs } from "#domain/gateway/diff.ts";
import type { NeuronConfig } from "#domain/gateway/neuronConfig.ts";
import { withoutSecrets } from "#domain/gateway/seal.ts";
import { uplinkNode } from "#domain/gateway/siteToNeuron.ts";
import { phrase } from "#domain/phrase.ts";
import { ProblemError } from "#domain/problem.ts";
import type { GatewayDesk } from "./gatewayDesk.ts";
import type { JobControl } from "./jobRunner.ts";
import { type Stages, stageList } from "./stages.ts";
import type { World } from "./world.ts";

export type ApplyDetail = Extract<JobDetail, { kind: "apply" }>;

/** A node has this long to run and to reach its devices before the old configuration is put back. */
const healthWithinMs = 30_000;
const askAgainMs = 500;
/** A gateway that went away may be restarting: the old configuration is offered to it for this long. */
const putBackWithinMs = 30_000;
/** Differences kept in the evidence when the gateway took something else than was sent. */
const shownDifferences = 50;

/**
 * Puts the site's configuration on the gateway: validate offline → snapshot → apply → read back and compare →
 * health → done; any failure after the first change puts the snapshot back. Neuron's own import deletes first and
 * never rolls back.
 *
 * @throws FaultError gateway.rolledBack when the old configuration runs again, gateway.rollbackFailed when it could
 *   not be put back: then the snapshot is in the secrets under `snapshot:<digest>`
 */
export async function applyConfig(
  world: World,
  desk: GatewayDesk,
  job: JobControl<ApplyDetail>,
): Promise<boolean> {
  const session = desk.session();
  const { signal } = job;
  const codes = ["stage.validate", "stage.snapshot", "stage.apply", "stage.compare", "stage.health"] as const;
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
    const config = await session.config(signal);
    const digest = desk.digest(config);
    // The sealed copy holds the passwords that the evidence must not; with it the old state can always be restored.
    await world.secrets.set(`snapshot:${digest}`, JSON.stringify(config));
    await job.record("snapshot", { url: session.url, digest, config: withoutSecrets(config) });
    return {
      found: phrase("found.snapshot", { nodes: config.nodes.length, digest: digest.slice(0, 12) }),
      value: config,
    };
  });

  const target = desk.target(wanted, before);
  const digest = desk.digest(target);
  job.show({ ...job.detail, digest });
  // Nothing was changed yet: without the intent on the disk, or when cancelled here, there is nothing to put back.
  await job.record("applyIntent", { url: session.url, from: desk.digest(before), to: digest });
  signal.throwIfAborted();
  try {
    job.progress(2, codes.length, phrase("doing.applying"));
    await stages.run("stage.apply", async () => {
      await session.putConfig(target, signal);
      return { found: phrase("found.applied", { nodes: target.nodes.length }), value: undefined };
    });
    job.progress(3, codes.length, phrase("doing.comparing"));
    await stages.run("stage.compare", async () => {
      const diff = diffConfigs(target, await session.config(signal));
      if (!diff.equal) {
        await job.record("applyDiffers", { differences: diff.differences.slice(0, shownDifferences) });
        throw new FaultError({
          code: "gateway.differs",
          url: session.url,
          differences: diff.differences.length,
        });
      }
      return { found: phrase("found.equal", { digest: digest.slice(0, 12) }), value: undefined };
    });
    job.progress(4, codes.length, phrase("doing.waitingForNodes"));
    await stages.run("stage.health", async () => {
      const reads = await waitForHealth(world, session, wanted, signal);
      return { found: phrase("found.healthy", { reads }), value: undefined };
    });
  } catch (error) {
    job.progress(4, codes.length, phrase("doing.rollingBack"));
    await rollBack(world, session, before, stages, error);
  }
  job.progress(codes.length, codes.length, phrase("doing.comparing"));
  await job.record("applied", { url: session.url, digest, nodes: wanted.nodes.map((node) => node.name) });
  return true;
}

/** Every driver runs, is linked, and at least one tag of each of its groups was read. Resolves to the good reads. */
async function waitForHealth(
  world: World,
  session: GatewaySession,
  wanted: NeuronConfig,
  signal: AbortSignal,
): Promise<number> {
  const until = world.clock.monotonic() + healthWithinMs;
  const drivers = wanted.nodes.map((node) => node.name).filter((name) => name !== uplinkNode);
  for (;;) {
    const states = new Map((await session.states(signal)).map((state) => [state.node, state]));
    const sick = drivers.find((name) => states.get(name)?.running !== 3 || states.get(name)?.link !== 1);
    const silent = sick === undefined ? await firstSilentGroup(session, wanted, signal) : undefined;
    if (sick === undefined && typeof silent === "number") return silent;
    if (world.clock.monotonic() > until) {
      const node = sick ?? String(silent);
      const reason =
        sick === undefined ? "noReads" : states.get(sick)?.running === 3 ? "notLinked" : "notRunning";
      throw new FaultError({ code: "gateway.unhealthy", url: session.url, node, reason });
    }
    await world.clock.sleep(askAgainMs, signal);
  }
}

/** The first group without a good value, or how many good values all groups have together. */
async function firstSilentGroup(
  session: GatewaySession,
  wanted: NeuronConfig,
  signal: AbortSignal,
): Promise<string | number> {
  let good = 0;
  for (const { driver, group, tags } of wanted.tags) {
    if (!tags.some((tag) => tag.attribute & 1)) continue;
    const values = await session.read(driver, group, signal);
    const read = values.filter((value) => value.error === undefined).length;
    if (read === 0) return `${driver}/${group}`;
    good += read;
  }
  return good;
}

/** Puts the old configuration back, cancelled or not: a gateway is never left between. Always throws. */
async function rollBack(
  world: World,
  session: GatewaySession,
  before: NeuronConfig,
  stages: Stages,
  error: unknown,
): Promise<never> {
  const because =
    error instanceof FaultError ? error.fault.code : error instanceof Error ? error.message : String(error);
  const { signal } = new AbortController();
  try {
    await stages.run("stage.rollback", async () => {
      await putBack(world, session, before, signal);
      const diff = diffConfigs(before, await session.config(signal));
      if (!diff.equal) {
        throw new FaultError({
          code: "gateway.differs",
          url: session.url,
          differences: diff.differences.length,
        });
      }
      return { found: phrase("found.restored", { nodes: before.nodes.length }), value: undefined };
    });
  } catch (failure) {
    throw new FaultError({ code: "gateway.rollbackFailed", url: session.url, because }, failure);
  }
  throw new FaultError({ code: "gateway.rolledBack", url: session.url, because }, error);
}

async function putBack(
  world: World,
  session: GatewaySession,
  before: NeuronConfig,
  signal: AbortSignal,
): Promise<void> {
  const until = world.clock.monotonic() + putBackWithinMs;
  for (;;) {
    try {
      await session.putConfig(before, signal);
      return;
    } catch (error) {
      if (!hasFault(error, "gateway.unreachable") || world.clock.monotonic() > until) throw error;
    }
    await world.clock.sleep(askAgainMs, signal);
  }
}
