import type { JobDetail } from "#contract/views.ts";
import { FaultError } from "#domain/fault.ts";
import type { ExactJson } from "#domain/gateway/exactJson.ts";
import { uplinkNodeOf } from "#domain/gateway/keptParts.ts";
import { writeTopics } from "#domain/gateway/neuronSettings.ts";
import { isShownAs, valueToSend } from "#domain/gateway/writeThrough.ts";
import { phrase } from "#domain/phrase.ts";
import { ProblemError } from "#domain/problem.ts";
import type { Site } from "#domain/site/site.ts";
import { tagKey } from "#domain/tag/tag.ts";
import type { GatewayDesk } from "../gatewayDesk.ts";
import type { JobControl } from "../jobRunner.ts";
import { brokerPlace } from "../siteBroker.ts";
import { stageList } from "../stages.ts";
import type { World } from "../world.ts";
import { writableWords } from "../writeTag.ts";
import { type MqttRequests, mqttRequests } from "./mqttRequests.ts";
import { readTopics } from "./readTopics.ts";
import { whySilent } from "./whySilent.ts";

export type DownlinkDetail = Extract<JobDetail, { kind: "downlink" }>;

/** A gateway answers within its own cycle; a slow link takes its time there and back. */
const leastWaitMs = 2000;
/** The value must be there after so many intervals of its group. */
const intervals = 4;

type Seen = number | bigint | string | readonly number[] | undefined;

/**
 * Asks the gateway for one tag over MQTT and, where a value is given, has it written that way and reads it back: the
 * gateway answers "done" to a write that the device refused or never heard.
 *
 * The topic of reads has a leading slash in older gateways: the one of this version is asked first, then the other.
 *
 * @throws ProblemError before anything is sent
 * @throws FaultError downlink.silent, downlink.refused, downlink.notKept, and those of the broker
 */
export async function askOverMqtt(
  site: Site,
  gateway: GatewayDesk,
  world: World,
  job: JobControl<DownlinkDetail>,
): Promise<boolean> {
  const { tag: key, value } = job.detail;
  const tag = site.tags.find((candidate) => tagKey(candidate) === key);
  if (!tag) throw new ProblemError({ code: "input.invalid", reason: `tag ${key}`, at: { field: "tag" } });
  const words = value === null ? undefined : writableWords(value, tag);
  const node = site.lines.find((line) => line.id === tag.line)?.name ?? tag.line;
  const place = { node, group: tag.group };
  const { intervalMs = 1000 } =
    site.groups.find((group) => group.line === tag.line && group.name === tag.group) ?? {};
  const waitMs = Math.max(leastWaitMs, intervals * intervalMs);
  const codes = [
    "stage.connect",
    "stage.ask",
    ...(words ? (["stage.write", "stage.readBack"] as const) : []),
  ] as const;
  const stages = stageList(codes, world.clock, (items) => job.show({ ...job.detail, stages: items }));
  const reads = readTopics(gateway, site);
  const write = writeTopics(site);

  job.progress(0, codes.length, phrase("doing.downlink"));
  const session = await stages.run("stage.connect", async () => {
    const open = await world.brokers.connect(await brokerPlace(world, site, "downlink"), job.signal);
    return { found: phrase("found.connected", { ms: Math.round(open.connectMs) }), value: open };
  });
  try {
    const replies = [...reads.map(({ reply }) => reply), write.reply];
    const requests = await mqttRequests(session, world, replies, job.signal);
    const silent = async (topic: string) => {
      const because = await whySilent(gateway, { uplink: uplinkNodeOf(site), ...place }, job.signal);
      return new FaultError({ code: "downlink.silent", topic, afterMs: waitMs, because });
    };
    const asked = await stages.run("stage.ask", async () => {
      for (const topics of reads) {
        const answer = await readOnce(
          requests,
          topics.request,
          { ...place, tag: tag.name },
          waitMs,
          job.signal,
        );
        if (!answer) continue;
        const found = phrase("found.answered", { value: answer.text, topic: topics.reply });
        return { found, value: { topics, ...answer } };
      }
      throw await silent(reads[0].request);
    });
    job.show({ ...job.detail, before: asked.text });
    await job.record("asked", { tag: key, topic: asked.topics.request, answer: asked.text });
    if (!words || value === null) return true;

    await job.record("writeIntent", {
      tag: key,
      through: write.request,
      before: { text: asked.text },
      value,
    });
    job.signal.throwIfAborted();
    // Sent is not undone by a cancel: what came of it is looked at all the same.
    const { signal } = new AbortController();
    await stages.run("stage.write", async () => {
      const body = { ...place, tag: tag.name, value: valueToSend(words, tag) as ExactJson };
      const reply = await requests.ask(write.request, body, waitMs, signal);
      if (!reply) throw await silent(write.request);
      const error = Number(reply.body.error ?? 0);
      if (error !== 0) throw new FaultError({ code: "downlink.refused", tag: tag.name, error });
      return { found: phrase("found.answered", { topic: reply.topic }), value: undefined };
    });
    await stages.run("stage.readBack", async () => {
      const until = world.clock.monotonic() + waitMs;
      let seen: Answer | undefined;
      do {
        await world.clock.sleep(intervalMs, signal);
        const where = { ...place, tag: tag.name };
        seen = await readOnce(requests, asked.topics.request, where, waitMs, signal);
      } while (!isShownAs(words, tag, seen?.value) && world.clock.monotonic() < until);
      const after = seen?.text ?? "–";
      job.show({ ...job.detail, after });
      await job.record("written", { tag: key, through: write.request, before: asked.text, after });
      if (!isShownAs(words, tag, seen?.value))
        throw new FaultError({ code: "downlink.notKept", tag: tag.name, wrote: value, found: after });
      return { found: phrase("found.readBack", { value: after }), value: undefined };
    });
    return true;
  } finally {
    await session.close().catch(() => undefined);
  }
}

interface Answer {
  readonly value: Seen;
  readonly text: string;
}

/** One read; undefined when the gateway says nothing. A tag that it does not know is left out of its answer. */
async function readOnce(
  requests: MqttRequests,
  topic: string,
  { node, group, tag }: { readonly node: string; readonly group: string; readonly tag: string },
  limitMs: number,
  signal: AbortSignal,
): Promise<Answer | undefined> {
  const reply = await requests.ask(topic, { node, group, tags: [tag] }, limitMs, signal);
  if (!reply) return undefined;
  const tags = (Array.isArray(reply.body.tags) ? reply.body.tags : []) as readonly {
    readonly name?: string;
    readonly value?: Seen;
    readonly error?: number;
  }[];
  const found = tags.find(({ name }) => name === tag);
  const text = found?.value === undefined ? `– (${found?.error ?? 2201})` : String(found.value);
  return { value: found?.value, text };
}
