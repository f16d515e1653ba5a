import type { GatewaySession } from "#capabilities/gatewayApi.ts";
import type { NeuronConfig } from "#domain/gateway/neuronConfig.ts";
import { planChanges } from "#domain/gateway/planChanges.ts";

/** Makes a gateway run exactly this configuration. */
export async function bringTo(session: GatewaySession, config: NeuronConfig): Promise<void> {
  const { signal } = new AbortController();
  for (const change of planChanges(config, await session.config(signal)))
    await session.change(change, signal);
}

export const emptyConfig: NeuronConfig = {
  nodes: [],
  groups: [],
  tags: [],
  subscriptions: [],
  settings: [],
};
