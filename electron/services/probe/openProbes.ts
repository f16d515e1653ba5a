import type { GatewaySession } from "#capabilities/gatewayApi.ts";
import { FaultError, hasFault } from "#domain/fault.ts";
import type { World } from "../world.ts";

/** A group that a probe made on somebody's gateway. */
export interface OpenProbe {
  readonly url: string;
  readonly node: string;
  readonly group: string;
}

const name = "openProbes";

/** Groups that probes made and did not take away yet, kept beside the sites: any of them finds its gateway again. */
export async function openProbes(world: World): Promise<readonly OpenProbe[]> {
  const kept = await world.choices.get(name);
  return Array.isArray(kept) ? kept.filter(isOpenProbe) : [];
}

/**
 * Kept on the disk before the group is made: what follows may be cut off at any moment.
 *
 * @throws FaultError file.unwritable when it is not kept: then no group may be made
 */
export async function keepProbe(world: World, probe: OpenProbe): Promise<void> {
  await world.choices.set(name, [...(await openProbes(world)), probe]);
  const isKept = (await openProbes(world)).some(({ group }) => group === probe.group);
  if (!isKept) throw new FaultError({ code: "file.unwritable", path: name, reason: "" });
}

async function forgetProbe(world: World, probe: OpenProbe): Promise<void> {
  const left = (await openProbes(world)).filter((one) => one.url !== probe.url || one.group !== probe.group);
  await world.choices.set(name, left);
}

/** Takes a probe's group away, if it is there; throws those of the gateway, and then the group stays noted. */
export async function removeProbe(
  world: World,
  session: GatewaySession,
  probe: OpenProbe,
  signal: AbortSignal,
): Promise<void> {
  const { node, group } = probe;
  try {
    await session.change({ kind: "removeGroup", node, group }, signal);
  } catch (error) {
    // It was never made, or went with its node.
    const isGone = hasFault(error, "gateway.refused") && gone.includes(error.fault.error);
    if (!isGone) throw error;
  }
  await forgetProbe(world, probe);
}

/** Neuron's numbers for an unknown node and an unknown group. */
const gone: readonly number[] = [2003, 2106];

/** Takes away what probes of an earlier run left on this gateway. Throws those of the gateway. */
export async function removeLeftProbes(
  world: World,
  session: GatewaySession,
  signal: AbortSignal,
): Promise<void> {
  for (const probe of await openProbes(world)) {
    if (probe.url === session.url) await removeProbe(world, session, probe, signal);
  }
}

function isOpenProbe(value: unknown): value is OpenProbe {
  const { url, node, group } = (value ?? {}) as Readonly<Record<string, unknown>>;
  return typeof url === "string" && typeof node === "string" && typeof group === "string";
}
