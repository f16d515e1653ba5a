import type { Session } from "#capabilities/uplink.ts";
import { parseExactJson } from "#domain/gateway/exactJson.ts";
import type { Value } from "#domain/tag/tag.ts";

/** A reading that came back through the broker on request. */
export interface CloudAnswer {
  readonly node: string;
  readonly group: string;
  readonly name: string;
  readonly topic: string;
  readonly at: number;
  readonly value?: Value;
  readonly error?: number;
}

/**
 * Asks the gateway for a group's values over MQTT. A tag that is only published when it changes may stay silent for
 * days; its path through the broker is proved by an answer just as well.
 */
export interface CloudReads {
  ask(node: string, group: string, signal: AbortSignal): Promise<void>;
}

export async function cloudReads(
  session: Session,
  /** the node that publishes, and whether this gateway's topics begin with a slash; see GatewayAbilities */
  app: { readonly node: string; readonly requestSlash: boolean },
  newId: () => string,
  onAnswer: (answer: CloudAnswer) => void,
  signal: AbortSignal,
): Promise<CloudReads> {
  // The driver topic prefix does not touch these.
  const prefix = `${app.requestSlash ? "/" : ""}neuron/${app.node}/read`;
  const [requestTopic, responseTopic] = [`${prefix}/req`, `${prefix}/resp`];
  const asked = new Map<string, { readonly node: string; readonly group: string }>();
  session.onMessage((message) => {
    if (message.topic !== responseTopic) return;
    const read = parseExactJson(new TextDecoder().decode(message.payload));
    const reply = read.ok ? (read.value as { uuid?: unknown; tags?: unknown }) : undefined;
    const place = typeof reply?.uuid === "string" ? asked.get(reply.uuid) : undefined;
    if (!place || !Array.isArray(reply?.tags)) return;
    asked.delete(reply.uuid as string);
    for (const tag of reply.tags as readonly { name?: unknown; value?: unknown; error?: unknown }[]) {
      if (typeof tag.name !== "string") continue;
      const { at, topic } = message;
      const found = { ...place, name: tag.name, topic, at };
      if (typeof tag.error === "number" && tag.error !== 0) onAnswer({ ...found, error: tag.error });
      else if (isValue(tag.value)) onAnswer({ ...found, value: tag.value });
    }
  });
  await session.subscribe(responseTopic, 1, signal);
  const encoder = new TextEncoder();
  return {
    async ask(node, group, cancel) {
      const uuid = newId();
      asked.set(uuid, { node, group });
      const request = encoder.encode(JSON.stringify({ uuid, node, group }));
      await session.publish(requestTopic, request, 1, false, cancel);
    },
  };
}

function isValue(value: unknown): value is Value {
  if (Array.isArray(value)) return value.every((item) => typeof item === "number");
  return typeof value === "number" || typeof value === "bigint" || typeof value === "string";
}
