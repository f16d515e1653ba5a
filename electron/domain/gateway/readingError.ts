import type { Fault } from "../fault.ts";
import type { Line } from "../site/site.ts";

/** Neuron's number for a value that grew too old to be given out. */
export const valueExpired = 3008;

/**
 * Neuron's number for a tag that could not be read. An RTU node waits an exception's short frame out and calls it
 * silence, as measured.
 */
export function readingError(fault: Fault, kind: Line["kind"]): number {
  switch (fault.code) {
    case "line.exception":
      return kind === "tcp" ? 3000 : 3015;
    case "line.badFrame":
      return kind === "tcp" ? 3009 : 3015;
    case "line.silent":
      return 3015;
    default:
      return 3002;
  }
}
