import type { BytePipe } from "#capabilities/line.ts";
import type { SerialSettings } from "#domain/site/site.ts";
import { type Listening, listen } from "../listening.ts";
import { makeAccess } from "./access.ts";
import type { Core } from "./calls/call.ts";
import { gatewayServer } from "./http.ts";
import { makeRegistry } from "./registry.ts";
import { makeRuntime } from "./runtime.ts";
import { makeTokens } from "./token.ts";

export interface GatewayWorld {
  readonly host: string;
  /** 0 for any free port */
  readonly port: number;
  /** the gateway's clock, ms since 1970 */
  now(): number;
  /** its serial ports by device name; undefined for one it does not have */
  openPort(device: string, settings: SerialSettings): Promise<BytePipe | undefined>;
}

/**
 * A gateway that answers and behaves as Neuron 2.15.1 was measured to, its defects included. It really polls and
 * really publishes. Its first user is admin with the password 0000. Faults: line.busy.
 */
export async function openGateway(world: GatewayWorld): Promise<Listening> {
  const registry = makeRegistry();
  const runtime = makeRuntime(registry, world, () => access);
  const access = makeAccess(registry, runtime);
  const core: Core = {
    registry,
    runtime,
    access,
    tokens: makeTokens(world.now),
    users: new Map([["admin", "0000"]]),
    log: { level: "notice" },
  };
  const server = gatewayServer(core);
  const listening = await listen(server, world.host, world.port, () => server.closeAllConnections());
  return {
    port: listening.port,
    async close() {
      runtime.stopAll();
      await listening.close();
    },
  };
}
