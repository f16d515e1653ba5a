import { z } from "zod";
import { phraseView } from "./phraseView.ts";

const bothLanguages = z.strictObject({ en: z.string(), zh: z.string() });

/** A device profile as a person chooses one. */
export const profileView = z.strictObject({
  id: z.string(),
  vendor: z.string(),
  model: z.string(),
  kind: z.string(),
  says: bothLanguages,
  /** false: from the person's own folder */
  shipped: z.boolean(),
  sources: z.array(
    z.strictObject({ title: z.string(), revision: z.string(), place: z.string(), url: z.string() }),
  ),
  cautions: z.array(bothLanguages),
  /** as delivered */
  line: z.strictObject({
    baudRate: z.number().exactOptional(),
    parity: z.enum(["none", "even", "odd"]).exactOptional(),
    stopBits: z.number().exactOptional(),
    unit: z.number().exactOptional(),
  }),
  /** golden reads that prove it, and how many of them are the maker's own examples */
  goldenReads: z.number(),
  vendorReads: z.number(),
  points: z.array(
    z.strictObject({
      id: z.string(),
      printed: z.string(),
      area: z.enum(["coil", "discrete", "input", "holding"]),
      offset: z.number(),
      type: z.string(),
      unit: z.string(),
      says: bothLanguages,
      writable: z.boolean(),
      /** the point that holds its power of ten; empty: it has none */
      scaleFrom: z.string(),
    }),
  ),
});
export type ProfileView = z.infer<typeof profileView>;

export const proposalView = z.strictObject({
  profile: z.string(),
  vendor: z.string(),
  model: z.string(),
  certainty: z.enum(["sure", "likely"]),
  evidence: phraseView,
});
