import { z } from "zod";
import { linkProfileNames } from "#domain/link/profiles.ts";

/** The site's own path to its broker, or a profile of a weak link between this computer and the broker. */
export const advicePaths = ["own", ...linkProfileNames] as const;
export type AdvicePath = (typeof advicePaths)[number];

const dayCost = z.strictObject({
  bytes: z.number(),
  wakeUps: z.number(),
  messages: z.number(),
  pings: z.number(),
  connections: z.number(),
});

/** Which keep-alive a path needs, what a day on it costs, and what to set. */
export const adviceDetail = z.strictObject({
  kind: z.literal("advice"),
  path: z.enum(advicePaths),
  /** samples may arrive so much later for being sent together */
  latestSeconds: z.number(),
  /** time runs so many times as fast while a profile is tried */
  factor: z.number(),
  /** silences that are tried, in the path's own seconds */
  silences: z.array(z.strictObject({ seconds: z.number(), state: z.enum(["waiting", "alive", "dead"]) })),
  advice: z
    .strictObject({
      survivesSeconds: z.number(),
      failsSeconds: z.number().nullable(),
      keepAliveSeconds: z.number(),
      qos: z.union([z.literal(0), z.literal(1), z.literal(2)]),
      gatherSeconds: z.number(),
      halfSleepPays: z.boolean(),
      plans: z.array(
        z.strictObject({
          name: z.enum(["usual", "advised", "halfSleep"]),
          keepAliveSeconds: z.number().nullable(),
          gatherSeconds: z.number(),
          cost: dayCost,
        }),
      ),
      /** of a NanoMQ configuration */
      bridge: z.string(),
      /** a session was kept alive with it over this path; null: not tried, because it takes too long */
      proved: z.boolean().nullable(),
    })
    .nullable(),
});
export type AdviceDetail = z.infer<typeof adviceDetail>;
