import type { Session } from "#capabilities/uplink.ts";
import { FaultError } from "#domain/fault.ts";
import { sendAndHear, type UplinkRun } from "./uplinkRun.ts";

type Qos = 0 | 1 | 2;

/** Times there and back, in ms with two decimals. */
export interface Trips {
  readonly pingsMs: readonly number[];
  readonly byQos: readonly { readonly qos: Qos; readonly timesMs: readonly number[] }[];
}

const messagesEach = 20;
const pingsEach = 4;
const withinMs = 10_000;
/** Over a slow link fewer messages say enough. */
const budgetMs = 6000;

/**
 * Sends one message after another at each quality of service and times each until the second session has it; beside
 * them the bare link by the protocol's ping, which no broker holds back.
 *
 * @throws FaultError uplink.publishNotSeen when one does not come, uplink.closed when a session ends
 */
export async function measureTrips(
  run: UplinkRun,
  publisher: Session,
  subscriber: Session,
  topic: string,
  show: (trips: Trips) => void,
): Promise<Trips> {
  const { clock } = run.world;
  const pingsMs: number[] = [];
  const byQos: { qos: Qos; timesMs: number[] }[] = [];
  const levels = ([0, 1, 2] as const).filter((qos) => qos <= publisher.limits.highestQos);
  for (const qos of levels) {
    for (let number = 0; number < pingsEach; number++) pingsMs.push(round(await publisher.ping(run.signal)));
    const timesMs: number[] = [];
    byQos.push({ qos, timesMs });
    const until = clock.monotonic() + budgetMs;
    for (let number = 0; number < messagesEach && clock.monotonic() < until; number++) {
      const payload = new TextEncoder().encode(`lastmile ${qos} ${number}`);
      const startedAt = clock.monotonic();
      if (number === 0) run.wire.message("sent", { topic, payload, at: run.world.clock.now() });
      const way = { from: publisher, to: subscriber, topic };
      const message = await sendAndHear(run, way, { payload, qos }, withinMs);
      if (message === undefined)
        throw new FaultError({ code: "uplink.publishNotSeen", topic, afterMs: withinMs });
      timesMs.push(round(clock.monotonic() - startedAt));
      if (number === 0) run.wire.message("received", message);
    }
    show({ pingsMs, byQos });
  }
  return { pingsMs, byQos };
}

/** The middle one; 0 of none. */
export function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}

function round(ms: number): number {
  return Math.round(ms * 100) / 100;
}
