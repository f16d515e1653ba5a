import { z } from "zod";
import { wireFailure } from "./wire.ts";

/** How the stand-in publishes, and what its queue may hold. */
export const standInChoice = z.strictObject({
  /** bounds of the queue: the site's disk is not all the stand-in's */
  maxMegabytes: z.int().min(1).max(10_240),
  maxAgeHours: z.int().min(1).max(8760),
  /** what gives way when the queue is full */
  givesWay: z.enum(["oldest", "newest"]),
  /** messages of an outage sent a second at most, beside the live ones */
  replayPerSecond: z.int().min(1).max(100_000),
  /** null: as the site's uplink says */
  format: z.enum(["values", "tags", "ecp", "custom"]).nullable(),
  /** the JSON text of the custom format; empty for the others */
  schema: z.string().max(81_960),
});
export type StandInChoice = z.infer<typeof standInChoice>;

export const usualStandIn: StandInChoice = {
  ...{ maxMegabytes: 256, maxAgeHours: 168, givesWay: "oldest", replayPerSecond: 50 },
  ...{ format: null, schema: "" },
};

const count = z.number();

/** What the stand-in has done since its start. Counts are messages: one of a group each. */
export const standInDetail = z.strictObject({
  kind: z.literal("standin"),
  choice: standInChoice,
  link: z.enum(["connecting", "online", "waiting"]),
  /** why there is no link, or what the broker refused */
  linkFailure: wireFailure.nullable(),
  /** why the disk does not take messages: they are then sent without it, or lost */
  diskFailure: wireFailure.nullable(),
  /** waiting on the disk, bytes of it, and when the oldest was read */
  queued: count,
  bytes: count,
  oldestAt: count.nullable(),
  made: count,
  sent: count,
  acknowledged: count,
  /** of those: from an outage or from before */
  replayed: count,
  /** still to be replayed in this session */
  replayLeft: count,
  perSecond: count,
  dropped: z.strictObject({
    full: count,
    old: count,
    damaged: count,
    /** larger than the broker takes */
    large: count,
    /** the disk took them not, and there was no link */
    unkept: count,
  }),
  /** what opening the queue found: messages left from before, and bytes of a torn end that were cut */
  found: z.strictObject({ queued: count, cutBytes: count, cursorLost: z.boolean() }),
});
export type StandInDetail = z.infer<typeof standInDetail>;
