import { z } from "zod";
import { drillCauses } from "#domain/drill/model.ts";
import { phraseView } from "./phraseView.ts";

const counts = {
  /** null: not known, because only changes are sent */
  expected: z.number().nullable(),
  arrived: z.number(),
  lost: z.number().nullable(),
  duplicated: z.number(),
  reordered: z.number(),
  late: z.number(),
  longestLateMs: z.number(),
};

const causes = z.array(z.strictObject({ cause: z.enum(drillCauses), lost: z.number() }));

/** Messages of the groups over time, in bins of `binMs` from `startAt` (our clock), by the time they were stamped. */
const timeline = z.strictObject({
  startAt: z.number(),
  binMs: z.number(),
  lanes: z.array(
    z.strictObject({
      key: z.string(),
      fresh: z.array(z.number()),
      late: z.array(z.number()),
      lost: z.array(z.number()),
    }),
  ),
});

export const drillPhases = [
  "preparing",
  "before",
  /** by hand: the person is to pull the cable */
  "pull",
  "out",
  /** by hand: the person is to plug it in again */
  "plug",
  "tail",
  "over",
] as const;

/** An outage drill: cut, hold, restore, and what became of each tag's samples. */
export const drillDetail = z.strictObject({
  kind: z.literal("drill"),
  by: z.enum(["proxy", "hand"]),
  how: z.enum(["reset", "silence"]),
  holdSeconds: z.number(),
  phase: z.enum(drillPhases),
  cutAt: z.number().nullable(),
  restoredAt: z.number().nullable(),
  timeline: timeline.nullable(),
  arrived: z.number(),
  late: z.number(),
  outcome: z
    .strictObject({
      ...counts,
      tags: z.array(z.strictObject({ key: z.string(), group: z.string(), ...counts, causes })),
      /** what happened and what to do, the gravest first; `lost` counts messages */
      findings: z.array(
        z.strictObject({ says: phraseView, advice: phraseView.nullable(), lost: z.number() }),
      ),
    })
    .nullable(),
});
export type DrillDetail = z.infer<typeof drillDetail>;
