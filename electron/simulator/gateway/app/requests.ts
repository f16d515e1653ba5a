import type { GatewayAccess, TagWrite } from "../access.ts";
import { isObject, type Json, type JsonObject, parseJson, printJson } from "../json.ts";
import { Refusal } from "../refusal.ts";
import { replyTag } from "./payload.ts";

/** Topics of an MQTT node's requests and replies. */
export interface RequestTopics {
  readonly read: string;
  readonly readReply: string;
  readonly write: string;
  readonly writeReply: string;
  readonly action: string;
  readonly actionReply: string;
  readonly requests: readonly string[];
}

/** Reads are asked under the node's own name, whatever the prefix parameter says. */
export function requestTopics(node: string, params: JsonObject): RequestTopics {
  const prefix = textOr(params["driver-topic-prefix"], `/neuron/${node}`);
  const read = `neuron/${node}/read/req`;
  const write = textOr(params["write-req-topic"], `/neuron/${node}/write/req`);
  const action = `${prefix}/action/req`;
  return {
    read,
    readReply: `neuron/${node}/read/resp`,
    write,
    writeReply: textOr(params["write-resp-topic"], `/neuron/${node}/write/resp`),
    action,
    actionReply: `${prefix}/action/resp`,
    requests: [read, write, ...(params.enable_topic === false ? [] : [action])],
  };
}

/**
 * Answers a request that came over MQTT.
 *
 * @returns undefined where the measured gateway is silent: bad JSON, no uuid, an unknown node or group to read
 */
export async function answerRequest(
  topic: string,
  payload: string,
  topics: RequestTopics,
  access: GatewayAccess,
): Promise<{ topic: string; payload: string } | undefined> {
  const body = parseJson(payload);
  if (!isObject(body) || typeof body.uuid !== "string") return undefined;
  const { uuid } = body;
  if (topic === topics.read) {
    const tags = readTags(body, access);
    return tags === undefined ? undefined : { topic: topics.readReply, payload: printJson({ uuid, tags }) };
  }
  if (topic === topics.write) {
    return { topic: topics.writeReply, payload: printJson({ uuid, error: await write(body, access) }) };
  }
  return { topic: topics.actionReply, payload: printJson({ uuid, error: 0 }) };
}

function readTags(body: JsonObject, access: GatewayAccess): readonly JsonObject[] | undefined {
  const wanted = Array.isArray(body.tags) ? new Set<Json>(body.tags) : undefined;
  try {
    const shown = access.read(String(body.node), String(body.group), (tag) => wanted?.has(tag.name) ?? true);
    return shown.map(replyTag);
  } catch (error) {
    if (error instanceof Refusal) return undefined;
    throw error;
  }
}

async function write(body: JsonObject, access: GatewayAccess): Promise<number> {
  const node = String(body.node);
  const group = String(body.group);
  try {
    if (!Array.isArray(body.tags)) return await access.writeOne(node, group, tagWrite(body));
    return await access.writeMany(node, group, body.tags.filter(isObject).map(tagWrite));
  } catch (error) {
    if (error instanceof Refusal) return error.number;
    throw error;
  }
}

function tagWrite(body: JsonObject): TagWrite {
  return { tag: String(body.tag ?? body.name), value: body.value ?? null };
}

function textOr(value: Json | undefined, fallback: string): string {
  return typeof value === "string" ? value : fallback;
}
