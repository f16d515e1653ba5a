import { z } from "zod";
import { severities } from "./checklist.ts";

const key = z.string().min(1).max(400);
const line = z.string().max(200);
const note = z.string().max(1000);
const digest = z.string().regex(/^[0-9a-f]{64}$/);
const photos = z.array(digest).max(20).readonly();
const day = z.union([z.literal(""), z.string().regex(/^\d{4}-\d{2}-\d{2}$/)]);

/** What moved the value: nothing, a signal fed in, a register set by force, a simulator, or a reference instrument. */
export const stimuli = ["none", "injected", "forced", "simulated", "reference"] as const;

/** An alarm limit of a point, as it should be and as it was found. */
const alarmSchema = z.strictObject({
  limit: z.enum(["LL", "L", "H", "HH"]),
  expected: line,
  actual: line,
});

/** What a person found at one point by hand; texts as they typed them, with the unit. */
export const pointTestSchema = z.strictObject({
  result: z.enum(["pass", "fail", "na", "deferred"]),
  stimulus: z.strictObject({
    kind: z.enum(stimuli),
    applied: line,
    /** instrument's id, and the day it was calibrated */
    instrument: line,
    calibratedOn: day,
  }),
  expected: line,
  tolerance: line,
  shown: line,
  alarms: z.array(alarmSchema).max(4).readonly(),
  /** a write that was tried; every value as shown */
  write: z.strictObject({ before: line, written: line, readBack: line, restored: line }).nullable(),
});

/** What people do in an acceptance test. Each becomes one line of evidence, and nothing else makes its state. */
export const actSchema = z.discriminatedUnion("act", [
  z.strictObject({
    act: z.literal("check"),
    item: key,
    result: z.enum(["ok", "nok", "na"]),
    note,
    photos,
    by: line,
  }),
  z.strictObject({ act: z.literal("point"), tag: key, test: pointTestSchema, note, photos, by: line }),
  /** a value is held by force, and what stood there before */
  z.strictObject({ act: z.literal("force"), tag: key, value: line, before: line, by: line }),
  /** it is let go; `found` is what the point shows then */
  z.strictObject({ act: z.literal("release"), tag: key, found: line, by: line }),
  z.strictObject({
    act: z.literal("defect"),
    says: z.string().trim().min(1).max(1000),
    severity: z.enum(severities),
    owner: line,
    due: day,
    photos,
    by: line,
  }),
  z.strictObject({
    act: z.literal("assign"),
    defect: z.int().min(1),
    severity: z.enum(severities),
    owner: line,
    due: day,
    by: line,
  }),
  z.strictObject({ act: z.literal("close"), defect: z.int().min(1), note, photos, by: line }),
  /** work goes on after it was signed: the signatures are kept as void */
  z.strictObject({ act: z.literal("reopen"), reason: note, by: line }),
]);
export type Act = z.infer<typeof actSchema>;

export const roles = ["tester", "witness"] as const;
export type Role = (typeof roles)[number];
