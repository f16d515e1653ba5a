import type { GatewaySession } from "#capabilities/gatewayApi.ts";
import { FaultError, hasFault } from "#domain/fault.ts";
import type { NeuronConfig } from "#domain/gateway/neuronConfig.ts";
import { planChanges } from "#domain/gateway/planChanges.ts";
import type { World } from "./world.ts";

/** Neuron's number for a stopped node. */
export const stopped = 4;

const askAgainMs = 500;
/** A gateway that went away may be restarting: the old configuration is offered to it for this long. */
const putBackWithinMs = 30_000;

/**
 * Makes a gateway hold exactly `config` again, whatever state it is in: looks, changes what differs, and looks again
 * until nothing does. Nodes that were stopped are stopped.
 *
 * @throws FaultError the last one, when the gateway does not take it within half a minute
 */
export async function putBack(
  world: World,
  session: GatewaySession,
  config: NeuronConfig,
  stoppedNodes: readonly string[],
  signal: AbortSignal,
): Promise<void> {
  const until = world.clock.monotonic() + putBackWithinMs;
  for (;;) {
    try {
      const changes = planChanges(config, await session.config(signal));
      for (const change of changes) await session.change(change, signal);
      if (changes.length === 0) return await stopAgain(session, stoppedNodes, signal);
      // What was changed is looked at once more before it counts.
      continue;
    } catch (error) {
      const isLast = world.clock.monotonic() > until || hasFault(error, "gateway.signedOut");
      if (!(error instanceof FaultError) || isLast) throw error;
    }
    await world.clock.sleep(askAgainMs, signal);
  }
}

async function stopAgain(
  session: GatewaySession,
  nodes: readonly string[],
  signal: AbortSignal,
): Promise<void> {
  if (nodes.length === 0) return;
  for (const { node, running } of await session.states(signal)) {
    if (nodes.includes(node) && running === 3) await session.change({ kind: "stopNode", node }, signal);
  }
}
