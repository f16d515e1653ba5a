import type { GatewaySession } from "#capabilities/gatewayApi.ts";
import { FaultError } from "#domain/fault.ts";
import type { World } from "../world.ts";

const askEveryMs = 2000;
const running = 3;

/** Watches whether the gateway goes away or its publisher stops: whatever it had cached is gone then. */
export function watchSeen(
  world: World,
  session: GatewaySession,
  uplinkNode: string,
  signal: AbortSignal,
): { seen(): boolean; stop(): void } {
  const ended = new AbortController();
  const until = AbortSignal.any([signal, ended.signal]);
  let wasAway = false;
  const watching = (async () => {
    for (;;) {
      await world.clock.sleep(askEveryMs, until);
      try {
        const node = (await session.states(until)).find((state) => state.node === uplinkNode);
        if (node?.running !== running) wasAway = true;
      } catch (error) {
        if (until.aborted || !(error instanceof FaultError)) throw error;
        wasAway = true;
      }
    }
  })();
  watching.catch(() => undefined);
  return { seen: () => wasAway, stop: () => ended.abort(new Error("drill over")) };
}
