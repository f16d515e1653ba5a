import type { NanomqSession } from "#capabilities/nanomqApi.ts";
import { FaultError, hasFault } from "#domain/fault.ts";
import { hiddenInFile } from "#domain/gateway/nanomq/bridgeInFile.ts";
import { diffNanomq } from "#domain/gateway/nanomq/diffNanomq.ts";
import { type NanomqState, readNanomqState } from "#domain/gateway/nanomq/nanomqState.ts";
import { withNanomqSecrets, withoutNanomqSecrets } from "#domain/gateway/nanomq/sealNanomq.ts";
import { sameBridge } from "#domain/gateway/nanomq/targetNanomq.ts";
import { phrase } from "#domain/phrase.ts";
import type { World } from "../world.ts";
import { jsonIn } from "./jsonIn.ts";
import type { ProgramSide } from "./programSide.ts";

const askAgainMs = 250;
/** A bridge has this long to connect before what ran before is put back. */
const healthWithinMs = 30_000;
/** A process that was told to start anew is gone by then, whatever it says of itself. */
const goneWithinMs = 1_500;
const backWithinMs = 30_000;

/** The broker's file as it was handed in or written last, for builds that do not give it out. */
export interface KnownFile {
  file: string | undefined;
  /** passwords by their path in the file */
  readonly secrets: ReadonlyMap<string, string>;
  /** called with each file that the broker took */
  readonly wrote: (file: string) => Promise<void>;
}

/**
 * NanoMQ as it is changed safely: the file first, so that a restart keeps the change; then live where only shown
 * settings of known bridges change, else by a restart.
 *
 * @param own the bridge that the site has there, whose connection is what counts
 */
export function nanomqSide(
  world: World,
  session: NanomqSession,
  known: KnownFile,
  own: () => string | undefined,
): ProgramSide<NanomqState> {
  const { url } = session;
  /** connections that each bridge had made before the change, by name; none after a restart */
  let before = new Map<string, number>();

  async function connections(signal: AbortSignal): Promise<Map<string, number>> {
    return new Map((await session.counts(signal)).map((counts) => [counts.name, counts.connections]));
  }

  /** Waits until the process has gone and is back. */
  async function restart(signal: AbortSignal): Promise<void> {
    const uptime = await session.uptimeSeconds(signal);
    await session.restart(signal);
    let isGone = false;
    const goneBy = world.clock.monotonic() + goneWithinMs;
    const backBy = world.clock.monotonic() + backWithinMs;
    for (;;) {
      try {
        const now = await session.uptimeSeconds(signal);
        if (isGone || now < uptime || world.clock.monotonic() > goneBy) return;
      } catch (error) {
        if (!hasFault(error, "gateway.unreachable") || world.clock.monotonic() > backBy) throw error;
        isGone = true;
      }
      await world.clock.sleep(askAgainMs, signal);
    }
  }

  return {
    program: "nanomq",
    url,
    async read(signal) {
      const bridges = await session.bridges(signal);
      return { bridges, file: session.handsOutFile ? await session.file(signal) : known.file };
    },
    async change(target, running, signal) {
      let calls = 0;
      const writes = target.file !== undefined && target.file !== running.file;
      if (writes && target.file !== undefined) {
        // Until the answer is here, nobody knows what is on its disk.
        known.file = undefined;
        await session.writeFile(target.file, signal);
        known.file = target.file;
        await known.wrote(target.file);
        calls += 1;
      }
      const changed = changedBridges(target, running);
      const isAll = target.bridges.length === running.bridges.length;
      // What nobody touches goes on as it is, and its connection is as good as a new one.
      before = new Map();
      if (!writes && changed.length === 0 && isAll) return calls;
      if (isLive(target, running)) {
        before = await connections(signal);
        for (const bridge of changed) await session.putBridge(bridge, signal);
        return calls + changed.length;
      }
      await restart(signal);
      return calls + 1;
    },
    async health(target, signal) {
      const until = world.clock.monotonic() + healthWithinMs;
      const name = target.bridges.find((bridge) => bridge.name === own())?.name;
      if (name === undefined) return phrase("found.bridgeGone");
      for (;;) {
        const now = (await connections(signal)).get(name) ?? 0;
        if (now > (before.get(name) ?? 0)) return phrase("found.bridgeUp", { bridge: name });
        if (world.clock.monotonic() > until)
          throw new FaultError({
            code: "program.unhealthy",
            program: "nanomq",
            url,
            item: name,
            reason: "bridgeDown",
          });
        await world.clock.sleep(askAgainMs, signal);
      }
    },
    differences: diffNanomq,
    print: (state) =>
      JSON.stringify(
        inOrder(withoutNanomqSecrets(session.handsOutFile ? state : { ...state, file: undefined })),
      ),
    keep: (state) => JSON.stringify(state),
    restore: (text) => readNanomqState(jsonIn(text)),
    sealed: withoutNanomqSecrets,
    unsealed: (kept, running, touched) => withNanomqSecrets(kept, running, touched, known.secrets),
    touched(target, running) {
      const now = new Map(running.bridges.map((bridge) => [bridge.name, bridge.password]));
      return target.bridges
        .filter((bridge) => bridge.password !== now.get(bridge.name))
        .map((bridge) => bridge.name);
    },
    isBlind: (target, running) =>
      target.file !== undefined &&
      target.file !== running.file &&
      (!session.handsOutFile || !isLive(target, running)),
  };
}

function changedBridges(target: NanomqState, running: NanomqState): NanomqState["bridges"] {
  const now = new Map(running.bridges.map((bridge) => [bridge.name, bridge]));
  return target.bridges.filter((bridge) => {
    const other = now.get(bridge.name);
    return other === undefined || !sameBridge(bridge, other);
  });
}

/** Whether a change can be made while the broker runs: bridges that it has, in what it shows of them, without TLS. */
function isLive(target: NanomqState, running: NanomqState): boolean {
  const changed = changedBridges(target, running);
  const names = new Set(running.bridges.map((bridge) => bridge.name));
  const hidden = ({ file }: NanomqState, name: string) =>
    JSON.stringify(file === undefined ? {} : hiddenInFile(file, name));
  return (
    changed.length > 0 &&
    target.bridges.length === running.bridges.length &&
    (target.file === undefined) === (running.file === undefined) &&
    changed.every(({ name, tls }) => names.has(name) && !tls) &&
    !running.bridges.some(({ tls }) => tls) &&
    target.bridges.every(({ name }) => hidden(target, name) === hidden(running, name))
  );
}

function inOrder({ bridges, file }: NanomqState): unknown {
  return { bridges: bridges.toSorted((one, other) => (one.name < other.name ? -1 : 1)), file: file ?? null };
}
