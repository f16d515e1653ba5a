import { z } from "zod";
import { acceptanceSchema, photoSchema } from "#domain/acceptance/acceptance.ts";
import { actSchema, roles } from "#domain/acceptance/act.ts";
import { grades } from "#domain/acceptance/grade.ts";
import { reportSchema } from "#domain/report/report.ts";
import { receiptView } from "./bundleViews.ts";
import { failureView } from "./views.ts";

/** What is left to judge is named for so many tags; the counts are whole. */
export const shownTagsLeft = 200;

/** The acceptance test of the open site, folded from its evidence. */
export const acceptanceView = z.strictObject({
  key: z.literal("acceptance"),
  state: acceptanceSchema,
  standing: reportSchema.shape.standing,
  /** tags that are bad, put off or not looked at, the first of them */
  tagsLeft: z.array(z.strictObject({ tag: z.string(), standing: z.enum(["bad", "deferred", "untested"]) })),
});
export type AcceptanceView = z.infer<typeof acceptanceView>;

export const checklistView = z.strictObject({
  id: z.string(),
  version: z.number(),
  title: z.strictObject({ en: z.string(), zh: z.string() }),
  source: z.strictObject({ en: z.string(), zh: z.string() }),
  items: z.number(),
});

export const signInput = z.strictObject({
  role: z.enum(roles),
  name: z.string().trim().max(127),
  company: z.string().trim().max(127),
});

export const keptPhoto = photoSchema;
export const recordInput = z.strictObject({ act: actSchema });

export const reportCheck = z.strictObject({
  good: z.boolean(),
  site: z.string(),
  madeAt: z.number(),
  verdict: z.enum(["good", "bad"]),
  grade: z.enum(grades),
  digest: z.string(),
  /** public keys of who signed the report */
  signers: z.array(z.string()),
  /** who signed the test, and whether with a key */
  signatures: z.array(
    z.strictObject({ role: z.enum(roles), name: z.string(), company: z.string(), withKey: z.boolean() }),
  ),
  /** lines of evidence that were compared; null where no evidence was given */
  evidenceLines: z.number().nullable(),
  /** lines that were added after the report was made */
  laterLines: z.number(),
  bundle: z.enum(["notGiven", "fits", "wrong"]),
  receipt: receiptView.nullable(),
  /** who stands behind the signer; empty where no owner's root was given */
  trusted: z.string(),
  problems: z.array(failureView),
});
