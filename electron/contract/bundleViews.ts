import { z } from "zod";
import { failureView } from "./views.ts";

/** What a gateway, or a technician for it, says became of a bundle. */
export const receiptView = z.strictObject({
  outcome: z.enum(["applied", "rolledBack"]),
  because: z.string(),
  seq: z.number(),
  counter: z.number(),
  serial: z.string(),
  at: z.string(),
  clock: z.enum(["synced", "unknown"]),
  attestedBy: z.enum(["gateway", "technician"]),
});

export const bundleCheck = z.strictObject({
  good: z.boolean(),
  site: z.string(),
  gateway: z.string(),
  issuedAt: z.string(),
  issuer: z.string(),
  digest: z.string(),
  /** who stands behind the issuer; null where no root was given to check against */
  trust: z
    .strictObject({
      owner: z.string(),
      organisation: z.string(),
      technician: z.string(),
      notAfter: z.string(),
    })
    .nullable(),
  receipt: receiptView.nullable(),
  files: z.array(z.strictObject({ path: z.string(), size: z.number(), sha256: z.string() })),
  problems: z.array(failureView),
});
