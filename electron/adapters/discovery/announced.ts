import { createSocket, type Socket } from "node:dgram";
import { once } from "node:events";
import { Bonjour, type Service } from "bonjour-service";
import { systemClock } from "#adapters/clock.ts";
import type { Announced } from "#capabilities/discovery.ts";

/** RFC 6762, 3 */
const group = "224.0.0.251";

/** What gateways and the computers that they run on announce; Neuron itself announces nothing. */
const serviceTypes = ["http", "https", "mqtt", "ssh", "workstation"] as const;

/**
 * Asks one network twice by multicast DNS who is there (RFC 6762).
 *
 * @param address this machine's own in that network: nothing is sent on another
 * @param port 5353, but in tests
 */
export async function announced(
  address: string,
  listenMs: number,
  signal: AbortSignal,
  port = 5353,
): Promise<readonly Announced[]> {
  const found = new Map<string, Announced>();
  const socket = await memberOf(address, port);
  // A machine or a network that forbids multicast is one where nobody announces anything.
  if (socket === undefined) return [];
  const bonjour = new Bonjour({ socket, bind: false, multicast: false, port } as object, () => undefined);
  try {
    const browsers = serviceTypes.map((type) =>
      bonjour.find({ type }, (service) => {
        const one = announcedBy(service, type);
        if (one) found.set(`${type} ${one.host}`, one);
      }),
    );
    await systemClock.sleep(listenMs / 2, signal);
    // Multicasts get lost, on radios above all.
    for (const browser of browsers) browser.update();
    await systemClock.sleep(listenMs / 2, signal);
  } finally {
    await new Promise<void>((closed) => void bonjour.destroy(closed));
  }
  return [...found.values()];
}

/**
 * A socket of our own, because the library ends the program when it cannot bind one. It hears multicasts only when it
 * is bound to every address; it is a member on one interface alone.
 */
async function memberOf(address: string, port: number): Promise<Socket | undefined> {
  const socket = createSocket({ type: "udp4", reuseAddr: true });
  try {
    socket.bind(port, "0.0.0.0");
    await once(socket, "listening");
    socket.addMembership(group, address);
    socket.setMulticastInterface(address);
    socket.setMulticastTTL(255);
    return socket;
  } catch {
    socket.close();
    return undefined;
  }
}

function announcedBy(service: Service, type: string): Announced | undefined {
  const told = (service.addresses ?? []).filter(isIPv4);
  const sender = service.referer?.address ?? "";
  // A host with several addresses is reached at the one that it answered from; a reflector answers for others.
  const host = told.length === 0 || told.includes(sender) ? sender : told[0];
  if (host === undefined || !isIPv4(host)) return undefined;
  return { host, name: clean(service.host ?? service.name), service: type };
}

function isIPv4(address: string): boolean {
  return /^(?:\d{1,3}\.){3}\d{1,3}$/.test(address);
}

/** Names come from the network: they are shown as short plain text. */
function clean(name: string): string {
  return name
    .replace(/\.local\.?$/i, "")
    .replace(/[^\p{L}\p{N} ._()-]/gu, "")
    .slice(0, 63);
}
