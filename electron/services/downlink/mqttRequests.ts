import type { Session } from "#capabilities/uplink.ts";
import { type ExactJson, parseExactJson, printExactJson } from "#domain/gateway/exactJson.ts";
import type { World } from "../world.ts";

type Members = { readonly [name: string]: ExactJson };

export interface MqttReply {
  readonly topic: string;
  readonly body: Members;
}

/** Requests to a gateway over the broker, each answered by the reply that bears its id. */
export interface MqttRequests {
  /** @returns undefined when no reply came within `limitMs`: a gateway is silent to what it does not understand */
  ask(topic: string, body: Members, limitMs: number, signal: AbortSignal): Promise<MqttReply | undefined>;
}

/** @param replyTopics where replies come; faults: uplink.subscribeDenied */
export async function mqttRequests(
  session: Session,
  world: Pick<World, "clock" | "crypto">,
  replyTopics: readonly string[],
  signal: AbortSignal,
): Promise<MqttRequests> {
  const waiting = new Map<string, (reply: MqttReply) => void>();
  session.onMessage(({ topic, payload }) => {
    if (!replyTopics.includes(topic)) return;
    const read = parseExactJson(new TextDecoder().decode(payload));
    const body = read.ok ? (read.value as Members | null) : null;
    if (typeof body?.uuid === "string") waiting.get(body.uuid)?.({ topic, body });
  });
  for (const topic of replyTopics) await session.subscribe(topic, 1, signal);
  const encoder = new TextEncoder();
  return {
    async ask(topic, body, limitMs, cancel) {
      const uuid = world.crypto.randomId();
      const over = new AbortController();
      const until = AbortSignal.any([cancel, over.signal]);
      const answered = new Promise<MqttReply>((resolve) => waiting.set(uuid, resolve));
      try {
        await session.publish(topic, encoder.encode(printExactJson({ uuid, ...body })), 1, false, cancel);
        return await Promise.race([answered, world.clock.sleep(limitMs, until).then(() => undefined)]);
      } finally {
        waiting.delete(uuid);
        over.abort(new Error("answered, or not"));
      }
    },
  };
}
