import { z } from "zod";

/** The input of a call that needs none. */
export const nothing = z.strictObject({});

/** One call: what goes in, and what comes out. */
export function call<I extends z.ZodType, O extends z.ZodType>(input: I, output: O) {
  return { input, output };
}
