/** Repeatable numbers in [0, 1) by Marsaglia's xorshift of 32 bits: even enough for losses and jitter. */
export function numbersOf(seed: number): () => number {
  // Small seeds have few bits set; spread apart, neighbours differ from the first number on.
  let state = Math.imul(seed + 1, 0x9e3779b1) | 1;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 0x1_0000_0000;
  };
}
