import type { BrokerPlace, Message, Session } from "#capabilities/uplink.ts";
import { FaultError, hasFault } from "#domain/fault.ts";
import type { Site } from "#domain/site/site.ts";
import { checkTopic } from "#domain/uplink/checkTopics.ts";
import { brokerPlace } from "./siteBroker.ts";
import type { WireLog } from "./wireLog.ts";
import type { World } from "./world.ts";

/** One check of an uplink: its sessions, which it ends, and its own topics. */
export interface UplinkRun {
  readonly world: World;
  readonly site: Site;
  readonly wire: WireLog;
  readonly signal: AbortSignal;
  place(role: string, more?: Partial<BrokerPlace>): Promise<BrokerPlace>;
  /** a session that ends with the check at the latest */
  open(place: BrokerPlace): Promise<Session>;
  /** a topic of this check alone */
  topic(name: string): string;
  /** ends all that is open */
  close(): Promise<void>;
}

export function uplinkRun(world: World, site: Site, wire: WireLog, signal: AbortSignal): UplinkRun {
  const sessions: Session[] = [];
  const id = world.crypto.randomId().slice(0, 8);
  return {
    world,
    site,
    wire,
    signal,
    place: async (role, more = {}) => ({ ...(await brokerPlace(world, site, role)), ...more }),
    async open(place) {
      const session = await world.brokers.connect(place, signal);
      sessions.push(session);
      return session;
    },
    topic: (name) => checkTopic(site, `${name}-${id}`),
    async close() {
      await Promise.all(sessions.map((session) => session.close().catch(() => undefined)));
    },
  };
}

/**
 * Waits for one message at a session.
 *
 * @returns undefined when it did not come within `limitMs`
 * @throws FaultError uplink.closed when the session ends
 */
export function arrival(
  run: UplinkRun,
  session: Session,
  isIt: (message: Message) => boolean,
  limitMs: number,
  cancel: AbortSignal = run.signal,
): Promise<Message | undefined> {
  return new Promise((resolve, reject) => {
    const undo: (() => void)[] = [];
    let settled = false;
    const settle = (end: () => void) => {
      if (settled) return;
      settled = true;
      cancel.removeEventListener("abort", onAbort);
      for (const step of undo) step();
      end();
    };
    const onAbort = () => settle(() => reject(cancel.reason));
    if (cancel.aborted) return reject(cancel.reason);
    cancel.addEventListener("abort", onAbort, { once: true });
    undo.push(run.world.clock.after(limitMs, () => settle(() => resolve(undefined))));
    undo.push(
      session.onMessage((message) => {
        if (isIt(message)) settle(() => resolve(message));
      }),
    );
    // A session that has ended already tells so at once.
    undo.push(session.onClose((error) => settle(() => reject(error ?? closedFault(run)))));
    if (settled) for (const step of undo) step();
  });
}

/** Sends a text and waits until it arrives; what goes out first is the waiting. */
export async function sendAndHear(
  run: UplinkRun,
  way: { readonly from: Session; readonly to: Session; readonly topic: string },
  message: { readonly payload: Uint8Array; readonly qos: 0 | 1 | 2 },
  limitMs: number,
): Promise<Message | undefined> {
  const ended = new AbortController();
  const cancel = AbortSignal.any([run.signal, ended.signal]);
  const { topic, to, from } = way;
  const heard = arrival(
    run,
    to,
    (one) => one.topic === topic && sameBytes(one.payload, message.payload),
    limitMs,
    cancel,
  );
  heard.catch(() => undefined);
  try {
    // A broker that never acknowledges would hold us longer than the message itself takes.
    const sent = from.publish(topic, message.payload, message.qos, false, cancel);
    sent.catch(() => undefined);
    const first = await Promise.race([heard, sent.then(() => heard)]);
    if (first !== undefined) await sent;
    return first;
  } finally {
    ended.abort(new Error("the message's time is over"));
  }
}

export function closedFault(run: UplinkRun): FaultError {
  return new FaultError({ code: "uplink.closed", host: run.site.uplink?.host ?? "" });
}

/** How long a rival needs to come back after it was pushed out itself. */
const rivalMs = 1500;

/**
 * Why a broker closed a session without a word, as MQTT 3.1.1 does. Where two clients share an identity each one
 * pushes the other out: then it happens again to a session that does nothing at all.
 */
export async function closeExplained(run: UplinkRun, error: unknown): Promise<unknown> {
  if (!hasFault(error, "uplink.closed") || error.fault.cause !== undefined) return error;
  try {
    const first = await run.open(await run.place("check"));
    const alone = await endsWithin(run, first, rivalMs);
    const pushed = alone || (await pushedOut(run, first));
    return pushed ? new FaultError({ ...error.fault, cause: "takenOver" }, error) : error;
  } catch {
    run.signal.throwIfAborted();
    return error;
  }
}

async function pushedOut(run: UplinkRun, first: Session): Promise<boolean> {
  await run.open(await run.place("probe"));
  return endsWithin(run, first, rivalMs);
}

async function endsWithin(run: UplinkRun, session: Session, limitMs: number): Promise<boolean> {
  try {
    await arrival(run, session, () => false, limitMs);
    return false;
  } catch (error) {
    run.signal.throwIfAborted();
    return error instanceof FaultError;
  }
}

function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, index) => byte === b[index]);
}
