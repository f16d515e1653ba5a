import { z } from "zod";
import { failureView } from "./views.ts";

/** 32 raw bytes, base64 */
export const publicKey = z.string().regex(/^[A-Za-z0-9+/]{43}=$/);
export const roles = ["root", "organisation", "technician"] as const;

/** One key of this computer, to be copied, compared by eye, or read out. */
const keyView = z.strictObject({
  role: z.enum(roles),
  publicKey,
  printed: z.string(),
  spoken: z.string(),
});

const delegationView = z.strictObject({
  name: z.string(),
  printed: z.string(),
  sites: z.array(z.string()),
  actions: z.array(z.string()),
  /** ISO, UTC */
  notAfter: z.string(),
});

/** What this computer can sign with, who lets it, and which gateway the open site is for. */
export const trustView = z.strictObject({
  keys: z.array(keyView),
  /** false where keys are gone when the program ends */
  lasting: z.boolean(),
  root: z
    .strictObject({ owner: z.string(), version: z.number(), threshold: z.number(), keys: z.number() })
    .nullable(),
  organisation: delegationView.nullable(),
  technician: delegationView.nullable(),
  revoked: z.number(),
  /** why a gateway would not take what is signed here for the open site */
  problems: z.array(failureView),
  gateway: z.strictObject({ serial: z.string(), printed: z.string(), sealed: z.boolean() }).nullable(),
});
export type TrustView = z.infer<typeof trustView>;

/** A document that was made, to be saved and handed on. */
export const documentView = z.strictObject({ download: z.string(), name: z.string() });

const keyList = z.array(publicKey).max(16);
export const rootOrder = z.strictObject({
  owner: z.string().trim().min(1).max(127),
  threshold: z.int().min(1).max(16),
  keys: keyList.min(1),
});
export const rotateOrder = z.strictObject({
  uploadId: z.string(),
  threshold: z.int().min(1).max(16).exactOptional(),
  keys: keyList.exactOptional(),
  revoked: z.array(publicKey).max(1000).exactOptional(),
});
export const delegateOrder = z.strictObject({
  role: z.enum(["organisation", "technician"]),
  name: z.string().trim().min(1).max(127),
  key: publicKey,
  /** ids of sites; `*` for all */
  sites: z.array(z.string().max(64)).min(1).max(2000),
  actions: z.array(z.string().max(64)).min(1).max(32),
  /** the last day, `2027-12-31` */
  until: z.iso.date(),
});
export const revokeOrder = z.strictObject({
  /** the list before, null for the first */
  uploadId: z.string().nullable(),
  keys: z.array(publicKey).min(1).max(1000),
});
