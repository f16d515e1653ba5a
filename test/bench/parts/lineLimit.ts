/** A kind of read on a serial line of 11-bit characters. */
export interface LineRead {
  readonly baudRate: number;
  readonly registers: number;
}

/**
 * The least time from reply to reply that a line allows when the silence is kept. Written out here rather than taken
 * from the product: the yardstick must not bend with what it measures.
 */
export function limitMs({ baudRate, registers }: LineRead): number {
  const characterMs = 11_000 / baudRate;
  const silentMs = baudRate > 19_200 ? 1.75 : 3.5 * characterMs;
  return (8 + 5 + 2 * registers) * characterMs + 2 * silentMs;
}

export const limitFormula =
  "limit = (8 + 5 + 2n) characters of 11 bits + 2 × t3.5; t3.5 = 3.5 characters, 1.75 ms above 19,200 baud.";
