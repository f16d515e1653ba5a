import type { JobDetail } from "#contract/views.ts";
import { FaultError } from "#domain/fault.ts";
import { payloadDecoder } from "#domain/payload/payloadDecoder.ts";
import { phrase } from "#domain/phrase.ts";
import { ProblemError } from "#domain/problem.ts";
import type { Site } from "#domain/site/site.ts";
import type { JobControl } from "./jobRunner.ts";
import { brokerPlace, groupTopics } from "./siteBroker.ts";
import type { WireLog } from "./wireLog.ts";
import type { World } from "./world.ts";

export type WatchDetail = Extract<JobDetail, { kind: "watch" }>;

/** The page is told of the counts this often. */
const tellEveryMs = 500;

/**
 * Shows what the broker sends, decoded, by a session of our own; nothing is published.
 *
 * @throws ProblemError payload.pathInvalid; FaultError uplink.subscribeDenied, uplink.closed and those of connecting
 */
export async function watchMessages(
  world: World,
  site: Site,
  wire: WireLog,
  wanted: {
    readonly filters: readonly string[];
    readonly seconds: number;
    readonly paths: readonly string[];
  },
  job: JobControl<WatchDetail>,
): Promise<boolean> {
  const decoder = payloadDecoder({ paths: wanted.paths });
  if (!decoder.ok) throw new ProblemError(decoder.problem);
  const filters = wanted.filters.length > 0 ? wanted.filters : groupTopics(site).map(({ topic }) => topic);
  job.show({ ...job.detail, filters });
  const session = await world.brokers.connect(await brokerPlace(world, site, "watch"), job.signal);
  let [messages, bytes] = [0, 0];
  const { host = "" } = site.uplink ?? {};
  const closed = new Promise<never>((_, reject) => {
    session.onClose((error) => reject(error ?? new FaultError({ code: "uplink.closed", host })));
  });
  closed.catch(() => undefined);
  try {
    session.onMessage((message) => {
      messages += 1;
      bytes += message.payload.length;
      wire.message("received", message, decoder.value);
    });
    for (const filter of filters) await Promise.race([session.subscribe(filter, 0, job.signal), closed]);
    const until = world.clock.monotonic() + wanted.seconds * 1000;
    for (let now = world.clock.monotonic(); now < until; now = world.clock.monotonic()) {
      await Promise.race([world.clock.sleep(Math.min(tellEveryMs, until - now), job.signal), closed]);
      job.show({ ...job.detail, messages, bytes });
      const spent = wanted.seconds - Math.round((until - now) / 1000);
      job.progress(spent, wanted.seconds, phrase("doing.watching", { messages }), until - now);
    }
    return true;
  } finally {
    job.show({ ...job.detail, messages, bytes });
    await session.close().catch(() => undefined);
  }
}
