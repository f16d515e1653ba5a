import { z } from "zod";
import { grades } from "#domain/acceptance/grade.ts";

/** What a report is made as. The machine-readable report and its evidence come with each of them. */
const forms = ["html", "pdf", "json"] as const;
const languages = ["en", "zh"] as const;

export const reportInput = z.strictObject({ form: z.enum(forms), language: z.enum(languages) });

export const reportDetail = z.strictObject({
  kind: z.literal("report"),
  ...reportInput.shape,
  /** the rendering first where one was asked for, then the signed report, then the evidence it rests on */
  files: z.array(
    z.strictObject({
      form: z.enum([...forms, "evidence"]),
      download: z.string(),
      name: z.string(),
      size: z.number(),
    }),
  ),
  /** SHA-256 of the report */
  digest: z.string(),
  grade: z.enum(grades),
});
export type ReportDetail = z.infer<typeof reportDetail>;
