import type { GatewaySession, GatewayValue } from "#capabilities/gatewayApi.ts";
import { FaultError } from "#domain/fault.ts";
import { abilitiesOf } from "#domain/gateway/dialect.ts";
import {
  type ProbeNode,
  type ProbePlace,
  type ProbeTag,
  probeTags,
  probeWords,
} from "#domain/gateway/probePlan.ts";
import { ProblemError } from "#domain/problem.ts";
import type { Words } from "#domain/tag/tag.ts";
import type { World } from "../world.ts";
import { keepProbe, type OpenProbe, removeLeftProbes, removeProbe } from "./openProbes.ts";

export interface Probed {
  readonly words: Words;
  /** wall clock, ms */
  readonly at: number;
  readonly latencyMs: number;
}

/** Reads any address through a gateway's own port, where the laptop has no wire. */
export interface GatewayProbe {
  /**
   * Modbus TCP by Neuron's test read; others by a group of the probe's own, which is taken away again in every case.
   *
   * @throws FaultError gateway.refused with the number that the gateway reads instead of a value
   * @throws ProblemError gateway.atWork while the gateway is at other work
   */
  read(session: GatewaySession, node: ProbeNode, place: ProbePlace, signal: AbortSignal): Promise<Probed>;
  /** takes the group away, and lets nobody read until `work` is done: it looks at all that is there, or changes it */
  apart<T>(work: () => Promise<T>): Promise<T>;
  /** takes the group away */
  close(): Promise<void>;
}

/** The group's own interval: fast enough to wait for, slow enough beside the others of a serial line. */
const intervalMs = 300;
const askAgainMs = 100;
/** A serial line may be busy with silent units, each of which holds it for its time-out. */
const valueWithinMs = 20_000;
const removeAgainMs = 500;
const removeTries = 3;

/** Neuron's number for a tag that was not read yet. */
const notReadYet = 3011;

interface Held {
  readonly session: GatewaySession;
  readonly probe: OpenProbe;
  readonly key: string;
  readonly tags: readonly ProbeTag[];
}

/** @param holdMs how long a group stays for the next read of the same place: making one each second wears a gateway out */
export function gatewayProbe(world: World, holdMs = 0): GatewayProbe {
  const { clock } = world;
  let held: Held | undefined;
  let cancelTimer: (() => void) | undefined;
  let pauses = 0;
  let turn: Promise<unknown> = Promise.resolve();

  /** One read after the other: they share the group. */
  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    const mine = turn.then(work);
    turn = mine.catch(() => undefined);
    return mine;
  }

  /** Whatever happened before, the group goes; what cannot be taken away now stays noted for the next sign-in. */
  async function letGo(): Promise<void> {
    cancelTimer?.();
    cancelTimer = undefined;
    if (!held) return;
    const { session, probe } = held;
    held = undefined;
    const { signal } = new AbortController();
    for (let left = removeTries; left > 0; left--) {
      try {
        return await removeProbe(world, session, probe, signal);
      } catch (error) {
        if (!(error instanceof FaultError)) throw error;
      }
      if (left > 1) await clock.sleep(removeAgainMs, signal);
    }
  }

  async function make(session: GatewaySession, at: ProbeNode, place: ProbePlace, signal: AbortSignal) {
    const key = JSON.stringify([session.url, at.node, place]);
    if (held?.session === session && held.key === key) return held;
    await letGo();
    await removeLeftProbes(world, session, signal);
    const group = `lastmile-probe-${world.crypto.randomId().slice(0, 8)}`;
    const probe = { url: session.url, node: at.node, group };
    const tags = probeTags(place, "group", at.base);
    await keepProbe(world, probe);
    held = { session, probe, key, tags };
    const { shortestIntervalMs } = abilitiesOf(session.product, session.version);
    const { node } = at;
    await session.change(
      { kind: "addGroup", node, group, intervalMs: Math.max(intervalMs, shortestIntervalMs) },
      signal,
    );
    await session.change({ kind: "addTags", node, group, tags: tags.map(({ tag }) => tag) }, signal);
    return held;
  }

  async function byGroup(session: GatewaySession, at: ProbeNode, place: ProbePlace, signal: AbortSignal) {
    try {
      const { probe, tags } = await make(session, at, place, signal);
      const until = clock.monotonic() + valueWithinMs;
      for (;;) {
        const values = await session.read(probe.node, probe.group, signal);
        const found = tags.map(({ tag }) => values.find((value) => value.name === tag.name));
        const isRead = found.every((value) => value !== undefined && value.error !== notReadYet);
        if (isRead || clock.monotonic() > until) return wordsOf(session, "/read", tags, found);
        await clock.sleep(askAgainMs, signal);
      }
    } catch (error) {
      await letGo();
      throw error;
    } finally {
      if (held && holdMs > 0) hold();
      else await letGo();
    }
  }

  function hold(): void {
    cancelTimer?.();
    cancelTimer = clock.after(holdMs, () => void inTurn(letGo));
  }

  async function byTest(session: GatewaySession, at: ProbeNode, place: ProbePlace, signal: AbortSignal) {
    const tags = probeTags(place, "test", at.base);
    const found: GatewayValue[] = [];
    for (const { tag } of tags) found.push(await session.test(at.node, at.group, tag, signal));
    return wordsOf(session, "/read/test", tags, found);
  }

  return {
    read: (session, at, place, signal) =>
      inTurn(async () => {
        if (pauses > 0) throw new ProblemError({ code: "gateway.atWork" });
        signal.throwIfAborted();
        const startedAt = clock.monotonic();
        const byWay = at.plugin === "Modbus TCP" ? byTest : byGroup;
        const words = await byWay(session, at, place, signal);
        return { words, at: clock.now(), latencyMs: clock.monotonic() - startedAt };
      }),
    async apart(work) {
      pauses += 1;
      try {
        await inTurn(letGo);
        return await work();
      } finally {
        pauses -= 1;
      }
    },
    close: () => inTurn(letGo),
  };
}

function wordsOf(
  { url }: GatewaySession,
  path: string,
  tags: readonly ProbeTag[],
  found: readonly (GatewayValue | undefined)[],
): Words {
  return tags.flatMap(({ count }, index) => {
    const { value, error = notReadYet } = found[index] ?? {};
    const call = `POST ${path}`;
    if (value === undefined) throw new FaultError({ code: "gateway.refused", url, call, status: 200, error });
    const words = probeWords(count, value);
    if (words) return words;
    throw new FaultError({ code: "gateway.unexpected", url, call, reason: "value" });
  });
}
