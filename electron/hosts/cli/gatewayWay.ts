import type { GatewaySession } from "#capabilities/gatewayApi.ts";
import { nothingKept } from "#services/wayIn/keptIdentities.ts";
import { openWayIn } from "#services/wayIn/openWayIn.ts";
import type { World } from "#services/world.ts";
import { askedWay, gatewayAccount } from "./session.ts";
import type { Call } from "./verb.ts";
import { withWorld } from "./world.ts";

/** Signs in for a call that belongs to no site: nothing is known before, so what is trusted is named each time. */
export function withGateway<T>(
  call: Call,
  url: string,
  work: (session: GatewaySession, world: World) => Promise<T>,
  options: { readonly lasting?: boolean } = {},
): Promise<T> {
  return withWorld(async (world) => {
    const opened = await openWayIn(world, nothingKept, await askedWay(call, url), call.signal);
    try {
      const { user, password } = gatewayAccount(call);
      return await work(await world.gateways.signIn(opened.way, user, password, call.signal), world);
    } finally {
      await opened.close();
    }
  }, options);
}
