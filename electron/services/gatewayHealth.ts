import type { GatewaySession } from "#capabilities/gatewayApi.ts";
import { FaultError } from "#domain/fault.ts";
import type { NeuronConfig } from "#domain/gateway/neuronConfig.ts";
import type { World } from "./world.ts";

/** A node has this long to run and to reach its devices before the old configuration is put back. */
const healthWithinMs = 30_000;
const askAgainMs = 500;

/** Every driver runs, is linked, and at least one tag of each of its groups was read. Resolves to the good reads. */
export async function waitForHealth(
  world: World,
  session: GatewaySession,
  wanted: NeuronConfig,
  signal: AbortSignal,
): Promise<number> {
  const until = world.clock.monotonic() + healthWithinMs;
  const drivers = wanted.nodes.filter(({ plugin }) => plugin !== "MQTT").map((node) => node.name);
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
