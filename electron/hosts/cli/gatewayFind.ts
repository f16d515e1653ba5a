import type { FoundGateway } from "#capabilities/gatewayFinder.ts";
import { privateHosts } from "#services/scanNetwork.ts";
import { type Call, done, type Outcome } from "./verb.ts";
import { withWorld } from "./world.ts";

/** Hosts that are asked at the same time, four ports each: a small router keeps up with that. */
const atOnce = 16;

/**
 * Asks the named hosts and networks for gateways; good when one was found. Nothing else is asked, and nothing signed
 * in to.
 *
 * @param places host names, addresses, and private networks such as 192.168.1.0/24
 */
export function findGateways(call: Call, places: readonly string[]): Promise<Outcome> {
  const hosts = places.flatMap((place) => (/^[\d.]+[/-]/.test(place) ? privateHosts(place, false) : [place]));
  return withWorld(async (world) => {
    const found: FoundGateway[] = [];
    const waiting = [...hosts];
    async function askNext(): Promise<void> {
      for (let host = waiting.shift(); host !== undefined; host = waiting.shift()) {
        call.signal.throwIfAborted();
        call.terminal.progress(`${host} ${hosts.length - waiting.length}/${hosts.length}`);
        found.push(...(await world.gatewayFinder.ask(host, call.signal)));
      }
    }
    await Promise.all(Array.from({ length: atOnce }, askNext));
    const sorted = found.toSorted((one, other) => (one.url < other.url ? -1 : 1));
    call.terminal.table(
      ["Program", "Version", "Address"],
      sorted.map(({ kind, version, url }) => [kind, version, url]),
    );
    return done({ asked: hosts.length, found: sorted }, sorted.length > 0);
  });
}
