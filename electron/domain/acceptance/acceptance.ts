import { z } from "zod";
import { pointTestSchema, roles } from "./act.ts";
import { checklistSchema, severities } from "./checklist.ts";

const photos = z.array(z.string()).readonly();

/** One look at one item; a retest is a new attempt and never replaces an older one. Times in ms since 1970. */
const checkAttempt = z.strictObject({
  at: z.number(),
  by: z.string(),
  result: z.enum(["ok", "nok", "na"]),
  note: z.string(),
  photos,
});

const pointAttempt = z.strictObject({
  at: z.number(),
  by: z.string(),
  note: z.string(),
  photos,
  ...pointTestSchema.shape,
});

const defectSchema = z.strictObject({
  /** counted from 1 in the order in which they were opened */
  number: z.number(),
  openedAt: z.number(),
  openedBy: z.string(),
  severity: z.enum(severities),
  /** what it is about: an item of the plan, a tag, or nothing in particular */
  about: z.discriminatedUnion("kind", [
    z.strictObject({ kind: z.literal("item"), item: z.string() }),
    z.strictObject({ kind: z.literal("tag"), tag: z.string() }),
    z.strictObject({ kind: z.literal("other") }),
  ]),
  says: z.string(),
  photos,
  owner: z.string(),
  /** `2026-12-01`, or empty */
  due: z.string(),
  closed: z
    .strictObject({
      at: z.number(),
      by: z.string(),
      note: z.string(),
      photos,
      /** true: a retest was good; false: somebody closed it */
      byRetest: z.boolean(),
    })
    .nullable(),
});
export type Defect = z.infer<typeof defectSchema>;

const forcedSchema = z.strictObject({
  tag: z.string(),
  value: z.string(),
  before: z.string(),
  at: z.number(),
  by: z.string(),
  released: z.strictObject({ at: z.number(), by: z.string(), found: z.string() }).nullable(),
});

export const photoSchema = z.strictObject({
  sha256: z.string(),
  type: z.enum(["jpeg", "png"]),
  bytes: z.number(),
});
export type Photo = z.infer<typeof photoSchema>;

export const signatureSchema = z.strictObject({
  role: z.enum(roles),
  name: z.string(),
  company: z.string(),
  at: z.number(),
  /** what was signed: verdict and grade, and the evidence up to here */
  grade: z.string(),
  lines: z.number(),
  head: z.string(),
  /** Ed25519 public key and signature over statementBytes, base64; empty for a name without a key */
  key: z.string(),
  signature: z.string(),
});
export type Signature = z.infer<typeof signatureSchema>;

/** Where an acceptance test stands. Plain data: it is shown, and put into the report, as it is. */
export const acceptanceSchema = z.strictObject({
  plannedAt: z.number().nullable(),
  checklists: z.array(checklistSchema).readonly(),
  /** attempts by item, oldest first */
  checks: z.record(z.string(), z.array(checkAttempt).readonly()),
  /** tests by hand, by tag, oldest first */
  points: z.record(z.string(), z.array(pointAttempt).readonly()),
  forced: z.array(forcedSchema).readonly(),
  defects: z.array(defectSchema).readonly(),
  photos: z.array(photoSchema).readonly(),
  /** those that hold; the first of them closes the test */
  signatures: z.array(signatureSchema).readonly(),
  /** those from before it was opened again */
  voided: z
    .array(
      z.strictObject({
        ...signatureSchema.shape,
        voidedAt: z.number(),
        voidedBy: z.string(),
        reason: z.string(),
      }),
    )
    .readonly(),
});
export type Acceptance = z.infer<typeof acceptanceSchema>;
