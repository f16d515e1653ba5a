import { z } from "zod";

/**
 * A two-way channel of text messages: a WebSocket, a MessagePort, or memory. `pendingBytes` tells how much the
 * peer has not taken yet, so that live values can be held back for a slow one.
 */
export interface Pipe {
  send(text: string): void;
  onMessage(listener: (text: string) => void): void;
  onClose(listener: () => void): void;
  close(): void;
  pendingBytes(): number;
}

/** The longest message a host takes from a client, in bytes; a longer one closes a WebSocket with 1009. */
export const maxMessageBytes = 1_048_576;

/** A failure as it crosses: a code and facts, never a stack. */
export const wireFailure = z.strictObject({
  kind: z.enum(["problem", "fault"]),
  code: z.string(),
  facts: z.record(z.string(), z.union([z.string(), z.number()])),
  at: z
    .strictObject({
      row: z.number().exactOptional(),
      column: z.string().exactOptional(),
      field: z.string().exactOptional(),
    })
    .exactOptional(),
});

export const toServer = z.discriminatedUnion("t", [
  z.strictObject({ t: z.literal("call"), id: z.int(), name: z.string(), input: z.unknown() }),
  z.strictObject({ t: z.literal("abort"), id: z.int() }),
  z.strictObject({ t: z.literal("watch"), topic: z.string() }),
  z.strictObject({ t: z.literal("unwatch"), topic: z.string() }),
]);
export type ToServer = z.infer<typeof toServer>;

/** Items are looked at one by one only where it is asked for: there may be thousands in each of five messages a second. */
const items = z.custom<readonly unknown[]>(Array.isArray);

export const toClient = z.discriminatedUnion("t", [
  z.strictObject({ t: z.literal("hello"), hash: z.string() }),
  z.strictObject({ t: z.literal("ok"), id: z.int(), output: z.unknown() }),
  z.strictObject({ t: z.literal("failed"), id: z.int(), failures: z.array(wireFailure).min(1) }),
  z.strictObject({ t: z.literal("snapshot"), topic: z.string(), seq: z.int(), items }),
  z.strictObject({
    t: z.literal("change"),
    topic: z.string(),
    seq: z.int(),
    set: items,
    remove: z.array(z.string()),
  }),
  /** the answer to a watch that cannot be served */
  z.strictObject({ t: z.literal("refused"), topic: z.string(), failures: z.array(wireFailure).min(1) }),
]);
export type ToClient = z.infer<typeof toClient>;

/** A message as it arrived, or undefined when it is none of the schema's. */
export function readMessage<S extends z.ZodType>(schema: S, text: string): z.infer<S> | undefined {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return undefined;
  }
  const message = schema.safeParse(json);
  return message.success ? message.data : undefined;
}
