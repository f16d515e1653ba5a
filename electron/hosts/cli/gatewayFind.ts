import { type GatewaysDetail, findGateways as search } from "#services/find/findGateways.ts";
import { privateHosts } from "#services/scanNetwork.ts";
import { runAdHoc } from "./adHocJob.ts";
import { type Call, done, type Outcome } from "./verb.ts";
import { withWorld } from "./world.ts";

/** Hosts a second, four ports each: a small router keeps up with that. */
const perSecond = 50;

/**
 * Asks the named hosts and networks for gateways; good when one was found. Nothing else is asked but who announces
 * itself in the same network, and nothing signed in to.
 *
 * @param places host names, addresses, and private networks such as 192.168.1.0/24
 */
export function findGateways(call: Call, places: readonly string[]): Promise<Outcome> {
  const hosts = places.flatMap((place) => (/^[\d.]+[/-]/.test(place) ? privateHosts(place, false) : [place]));
  return withWorld(async (world) => {
    const range = places.join(" ");
    const detail: GatewaysDetail = { kind: "gateways", range, hosts: hosts.length, asked: 0, found: [] };
    const job = await runAdHoc(call, world, detail, (run) => search(hosts, perSecond, world, run));
    const { asked, found } = job.detail;
    call.terminal.table(
      ["Program", "Version", "Address", ">ms", "Name", "MAC"],
      found.map((one) => [
        ...[one.kind, one.version, one.kind === "SSH" ? one.host : one.url],
        ...[one.latencyMs?.toFixed(0) ?? "", one.name, one.mac],
      ]),
    );
    return done(
      { asked, found },
      found.some(({ kind }) => kind !== "SSH"),
    );
  });
}
