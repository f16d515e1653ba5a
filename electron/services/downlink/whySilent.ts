import { FaultError } from "#domain/fault.ts";
import type { GatewayDesk } from "../gatewayDesk.ts";

export type Silence = "notSignedIn" | "notLinked" | "nodeMissing" | "groupMissing" | "otherBroker";

/**
 * What is most likely when a gateway says nothing to a request over MQTT: it is silent to a node or group that it
 * does not have, and when its own session is down.
 */
export async function whySilent(
  gateway: GatewayDesk,
  place: { readonly uplink: string; readonly node: string; readonly group: string },
  signal: AbortSignal,
): Promise<Silence> {
  if (!gateway.signedIn) return "notSignedIn";
  try {
    const session = gateway.session();
    const [states, config] = await Promise.all([session.states(signal), session.config(signal)]);
    if (states.find(({ node }) => node === place.uplink)?.link !== 1) return "notLinked";
    if (!config.nodes.some(({ name }) => name === place.node)) return "nodeMissing";
    const has = config.groups.some(({ driver, group }) => driver === place.node && group === place.group);
    return has ? "otherBroker" : "groupMissing";
  } catch (error) {
    if (!(error instanceof FaultError) || signal.aborted) throw error;
    return "notSignedIn";
  }
}
