import { connectAsync } from "mqtt";
import { type ExactJson, parseExactJson, printExactJson } from "#domain/gateway/exactJson.ts";

export type Message = { readonly [name: string]: ExactJson };

export interface MessageBridge {
  close(): Promise<void>;
}

/** Republishes what comes under `raw/` without that level, as `change` makes it: a broken rule in the cloud. */
export async function openMessageBridge(
  port: number,
  change: (group: string, values: Message, at: number) => Message,
): Promise<MessageBridge> {
  const client = await connectAsync(`mqtt://127.0.0.1:${port}`, { clientId: "bridge" });
  client.on("message", (topic, payload) => {
    const read = parseExactJson(payload.toString());
    if (!read.ok) return;
    const message = read.value as Message;
    const values = change(String(message.group), message.values as Message, Number(message.timestamp));
    client.publish(topic.replace(/^raw\//, ""), printExactJson({ ...message, values }), { qos: 1 });
  });
  await client.subscribeAsync("raw/#", { qos: 1 });
  return { close: () => client.endAsync(true) };
}
