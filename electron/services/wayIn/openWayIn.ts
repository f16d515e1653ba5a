import type { GatewayWay } from "#capabilities/gatewayWay.ts";
import type { SshLogin, Tunnel } from "#capabilities/tunnels.ts";
import { FaultError } from "#domain/fault.ts";
import { type ChangedIdentity, changedIdentity, type GatewayIdentity } from "#domain/gateway/identity.ts";
import { type Origin, parseOrigin, printOrigin } from "#domain/network/origin.ts";
import { behindSsh, printSshHost, type SshTarget } from "#domain/network/sshTarget.ts";
import { ProblemError } from "#domain/problem.ts";
import type { World } from "../world.ts";
import type { KeptIdentities } from "./keptIdentities.ts";

export interface AskedWay {
  readonly url: string;
  readonly ssh?: SshTarget &
    SshLogin & { /** `SHA256:…` that a person confirmed */ readonly hostKey?: string };
  /** a certificate's fingerprint or a hardware address that a person has confirmed */
  readonly trust?: string;
}

/** An open way to a gateway, before anything was said of the user. */
export interface WayIn {
  readonly way: GatewayWay;
  readonly identity: GatewayIdentity;
  /** the SSH host that it goes through; empty: straight */
  readonly through: string;
  /** what has changed since it was known, and a person trusts all the same */
  readonly changed: readonly ChangedIdentity[];
  /** keeps who the gateway is, for the next time */
  keep(): Promise<void>;
  onLost(listener: (fault: FaultError) => void): void;
  close(): Promise<void>;
}

/** NeuronEX, NanoMQ and eKuiper beside Neuron on the same computer. */
const usualPorts = [7000, 8085, 8081, 9081];

/**
 * Opens the way to a gateway and looks who is there. It is closed with `close`, or when the signal is aborted.
 *
 * @throws ProblemError gateway.urlInvalid, ssh.hostKeyUnconfirmed; FaultError gateway.identityChanged,
 * gateway.certificateUntrusted, gateway.unreachable and those of Tunnels.open. The password has not gone out then.
 */
export async function openWayIn(
  world: Pick<World, "tunnels" | "identities">,
  kept: KeptIdentities,
  asked: AskedWay,
  signal: AbortSignal,
): Promise<WayIn> {
  const typed = originOf(asked.url);
  const { url, at, tunnel, through, known } = await tunnelTo(world, kept, typed, asked.ssh, signal);
  const before = await kept.get(url);
  let expected = before;
  const close = async () => tunnel?.close();
  signal.addEventListener("abort", () => void close(), { once: true });
  const changed: ChangedIdentity[] = [];
  const hostKey = tunnel && { hostKey: tunnel.hostKey };
  if (known?.hostKey !== undefined && tunnel && known.hostKey !== tunnel.hostKey)
    changed.push({ part: "hostKey", kept: known.hostKey, found: tunnel.hostKey });

  /** Compares who answers now with who is known. */
  async function look(signal: AbortSignal): Promise<GatewayIdentity> {
    const { certificate, mac } = await world.identities.look({ url, ...at }, signal);
    if (certificate && certificate.cause !== "" && expected?.certificate === undefined) {
      const { fingerprint, cause } = certificate;
      if (fingerprint !== asked.trust)
        throw new FaultError({ code: "gateway.certificateUntrusted", url, fingerprint, cause });
    }
    const found = {
      ...(certificate && { certificate: certificate.fingerprint }),
      ...(mac !== undefined && { mac }),
    };
    const other = changedIdentity(expected, found, asked.trust);
    if (other) throw new FaultError({ code: "gateway.identityChanged", url, ...other });
    expected = { ...expected, ...found };
    return found;
  }

  try {
    const found = await look(signal);
    const trusted = changedIdentity(before, found);
    if (trusted) changed.push(trusted);
    const identity = { ...found, ...hostKey };
    const way: GatewayWay = {
      url,
      ...at,
      ...(found.certificate !== undefined && { certificate: found.certificate }),
      // Each connection by https is held to its certificate; plain http is looked at again whenever a password goes.
      ...(found.certificate === undefined &&
        !at && { beforePassword: async (now) => void (await look(now)) }),
    };
    return {
      way,
      identity,
      through,
      changed,
      keep: () => kept.keep(url, identity),
      onLost: (listener) => void tunnel?.onLost(listener),
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

interface Reached {
  readonly url: string;
  readonly at?: Pick<GatewayWay, "at">;
  readonly tunnel?: Tunnel;
  readonly through: string;
  readonly known?: GatewayIdentity | undefined;
}

async function tunnelTo(
  world: Pick<World, "tunnels">,
  kept: KeptIdentities,
  origin: Origin,
  ssh: AskedWay["ssh"],
  signal: AbortSignal,
): Promise<Reached> {
  if (!ssh) return { url: printOrigin(origin), through: "" };
  const { host, port, user, hostKey, ...login } = ssh;
  const target = { host, port, user };
  const through = printSshHost(target);
  const known = await kept.get(`ssh://${through}`);
  const behind = behindSsh(origin, target);
  const others = usualPorts.filter((other) => other !== behind.port);
  const to = [behind.port, ...others].map((port) => ({ host: behind.host, port }));
  const tunnel = await world.tunnels.open({ target, login, hostKey: hostKey ?? known?.hostKey, to }, signal);
  await kept.keep(`ssh://${through}`, { hostKey: tunnel.hostKey });
  const [localPort = 0] = tunnel.localPorts;
  return { url: behind.url, at: { at: { host: "127.0.0.1", port: localPort } }, tunnel, through, known };
}

/** @throws ProblemError gateway.urlInvalid */
function originOf(text: string): Origin {
  const origin = parseOrigin(text);
  if (!origin) throw new ProblemError({ code: "gateway.urlInvalid", text, at: { field: "url" } });
  return origin;
}
