import { z } from "zod";
import { phraseCodes } from "#domain/phrase.ts";

const facts = z.record(z.string(), z.union([z.string(), z.number()]));

/** A sentence by code; the words are in contract/words. */
export const phraseView = z.strictObject({ code: z.enum(phraseCodes), facts });
