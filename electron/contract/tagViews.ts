import { z } from "zod";
import { addressSchema } from "#domain/site/schema.ts";
import { tagTypes } from "#domain/tag/tag.ts";

const hypothesisView = z.strictObject({
  /** registers from the address that was asked for: -1 is the one before */
  delta: z.number(),
  /** what a tag takes over when this is the right one */
  address: addressSchema,
  type: z.enum(tagTypes),
  scale: z.number(),
  /** the address in Neuron's grammar */
  printed: z.string(),
  /** what it shows in the last sample, before scaling, and in which words */
  shown: z.string(),
  raw: z.string(),
  words: z.string(),
  /** the signed type of the same width shows the same as long as the value stays positive */
  orSigned: z.boolean(),
  /** how far it is from what was expected */
  off: z.number(),
});
export type HypothesisView = z.infer<typeof hypothesisView>;

/** A read of the registers around an address, and what the display showed. */
export const resolveSample = z.strictObject({
  at: z.number(),
  /** the first word's place, from the address */
  first: z.number(),
  /** null where the unit refused the register */
  words: z.array(z.number().nullable()),
  /** as typed; empty when only a change was looked for */
  expect: z.string(),
  tolerance: z.number().nullable(),
});
export type ResolveSample = z.infer<typeof resolveSample>;

export const resolveDetail = z.strictObject({
  kind: z.literal("resolve"),
  line: z.string(),
  unit: z.number(),
  area: z.enum(["input", "holding"]),
  offset: z.number(),
  /** oldest first; the last one is this job's own */
  samples: z.array(resolveSample),
  /** ambiguous: two or more fit; read again when the value has changed. null: not read yet */
  verdict: z.enum(["certain", "ambiguous", "none"]).nullable(),
  /** those that fit every sample, the likeliest first */
  hypotheses: z.array(hypothesisView),
  /** where none fits: what comes closest */
  nearest: z.array(hypothesisView),
});

const roundCost = z.strictObject({ reads: z.number(), bytes: z.number(), cycleMs: z.number() });

export const lineBudgetView = z.strictObject({
  line: z.string(),
  name: z.string(),
  /** share of its time that the gateway's polls take; above 1 there is not enough */
  load: z.number(),
  /** all groups once, as the gateway reads them; all tags once, as Lastmile does */
  gateway: roundCost,
  own: roundCost,
  groups: z.array(
    z.strictObject({
      group: z.string(),
      intervalMs: z.number(),
      tags: z.number(),
      gateway: roundCost,
      own: roundCost,
      /** over: cannot keep its interval · late: misses a round now and then */
      state: z.enum(["fits", "late", "over"]),
      periodMs: z.number(),
      advice: z
        .strictObject({
          intervalMs: z.number().nullable(),
          mostTags: z.number().nullable(),
          baudRate: z.number().nullable(),
        })
        .nullable(),
    }),
  ),
  /** units whose time to answer was measured; of the others 10 ms are assumed */
  measured: z.array(z.strictObject({ unit: z.number(), waitMs: z.number() })),
});
