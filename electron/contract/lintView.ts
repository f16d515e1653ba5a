import { z } from "zod";
import { type FindingId, findingSeverities } from "#domain/lint/finding.ts";
import { siteEdit } from "./siteEdit.ts";

/** What the lint found, worst first; where one edit puts it right, that edit. */
export const lintView = z.strictObject({
  counts: z.strictObject({ error: z.number(), warning: z.number(), notice: z.number() }),
  /** how often each was found, by id: all of them, though only the first thousands are listed */
  byId: z.record(z.string(), z.number()),
  findings: z.array(
    z.strictObject({
      id: z.enum(Object.keys(findingSeverities) as [FindingId, ...FindingId[]]),
      severity: z.enum(["error", "warning", "notice"]),
      tag: z.string().nullable(),
      line: z.string().nullable(),
      group: z.string().nullable(),
      field: z.string().nullable(),
      facts: z.record(z.string(), z.union([z.string(), z.number()])),
      fix: siteEdit.nullable(),
    }),
  ),
});
