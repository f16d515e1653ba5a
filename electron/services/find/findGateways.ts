import type { Announced } from "#capabilities/discovery.ts";
import type { FoundGatewayView } from "#contract/lineViews.ts";
import type { JobDetail } from "#contract/views.ts";
import { hostsOf, isPrivate, networkOf, parseHostRange } from "#domain/network/hostRange.ts";
import { phrase } from "#domain/phrase.ts";
import type { JobControl } from "../jobRunner.ts";
import type { World } from "../world.ts";
import { atRate } from "./atRate.ts";

export type GatewaysDetail = Extract<JobDetail, { kind: "gateways" }>;

/** Hosts answer multicast questions within half a second; the rest is for slow radios. */
const listenMs = 2000;
/** Hosts beyond the range that are asked because they announce themselves; a network can announce without end. */
const mostOthers = 64;

/**
 * Asks hosts for the programs of a gateway, and the network that they are in for names. Nothing is signed in to, and
 * beside the hosts only those are asked that announce themselves in the same network.
 *
 * @param hosts names or IPv4 addresses
 * @param perSecond hosts asked a second at most, four ports each
 */
export async function findGateways(
  hosts: readonly string[],
  perSecond: number,
  world: Pick<World, "gatewayFinder" | "discovery" | "clock">,
  job: JobControl<GatewaysDetail>,
): Promise<boolean> {
  const { discovery, gatewayFinder, clock } = world;
  const network = networkOf(hosts[0] ?? "", discovery.networks());
  const hearing = network
    ? discovery.announced(network.address, listenMs, job.signal)
    : Promise.resolve<readonly Announced[]>([]);
  // Awaited below; until then a cancelled one must not count as unhandled.
  hearing.catch(() => undefined);

  async function ask(host: string): Promise<void> {
    const answers = await gatewayFinder.ask(host, job.signal);
    const found = answers.map((one) => ({ ...one, host, name: "", mac: "" }));
    show(job.detail.asked + 1, [...job.detail.found, ...found]);
    const doing = phrase("doing.askingHosts", { host, found: job.detail.found.length });
    job.progress(job.detail.asked, job.detail.hosts, doing);
  }

  function show(asked: number, found: readonly FoundGatewayView[]): void {
    job.show({ ...job.detail, asked, found: [...found].sort(byPlace) });
  }

  await atRate(hosts, perSecond, ask, clock, job.signal);
  const heard = (await hearing).filter(({ host }) => isOwn(host));
  const announcing = [...new Set(heard.map(({ host }) => host))];
  const others = announcing.filter((host) => !hosts.includes(host)).slice(0, mostOthers);
  job.show({ ...job.detail, hosts: hosts.length + others.length });
  await atRate(others, perSecond, ask, clock, job.signal);
  const macs = await discovery.neighbours();
  const all = [...job.detail.found, ...behindSsh(heard, job.detail.found).slice(0, mostOthers)];
  const told = all.map((one) => ({
    ...one,
    name: heard.find(({ host }) => host === one.host)?.name ?? "",
    mac: macs.get(one.host) ?? "",
  }));
  show(job.detail.asked, told);
  const { range, found } = job.detail;
  await job.record("gatewaysSearched", { range, found });
  return true;
}

/** A fresh Neuron listens to its own computer only: that computer shows by its SSH alone. */
function behindSsh(
  heard: readonly Announced[],
  found: readonly FoundGatewayView[],
): readonly FoundGatewayView[] {
  return heard
    .filter(({ service, host }) => service === "ssh" && !found.some((one) => one.host === host))
    .map(({ host, name }) => ({
      ...{ kind: "SSH" as const, host, url: `http://${host}:7000`, version: "" },
      ...{ latencyMs: null, name, mac: "" },
    }));
}

function isOwn(host: string): boolean {
  const range = parseHostRange(host);
  return range.ok && isPrivate(range.value) && hostsOf(range.value).length === 1;
}

const kinds: readonly string[] = ["Neuron", "NeuronEX", "eKuiper", "NanoMQ", "SSH"];

/** By address as people count, then what one signs in to first. */
function byPlace(one: FoundGatewayView, other: FoundGatewayView): number {
  return (
    one.host.localeCompare(other.host, "en", { numeric: true }) ||
    kinds.indexOf(one.kind) - kinds.indexOf(other.kind)
  );
}
