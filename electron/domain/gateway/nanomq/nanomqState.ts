import { z } from "zod";
import type { RunningBridge } from "./bridgeSchema.ts";

/** What a NanoMQ runs, as far as it tells. */
export interface NanomqState {
  readonly bridges: readonly RunningBridge[];
  /** its configuration file, HOCON, passwords in clear; undefined where it is not handed out (0.25.5 and older) */
  readonly file: string | undefined;
}

const topics = z.array(
  z.object({
    local: z.string(),
    remote: z.string(),
    qos: z.union([z.literal(0), z.literal(1), z.literal(2)]),
  }),
);

const schema = z.object({
  bridges: z.array(
    z.object({
      name: z.string(),
      enable: z.boolean(),
      server: z.string(),
      protocol: z.number(),
      clientId: z.string(),
      cleanStart: z.boolean(),
      username: z.string(),
      password: z.string(),
      keepAliveSeconds: z.number(),
      tls: z.boolean(),
      forwards: topics,
      subscriptions: topics,
    }) satisfies z.ZodType<RunningBridge>,
  ),
  file: z.string().optional(),
});

/** Such a state as it was kept; undefined for anything else. */
export function readNanomqState(json: unknown): NanomqState | undefined {
  const read = schema.safeParse(json);
  return read.success ? { bridges: read.data.bridges, file: read.data.file } : undefined;
}
