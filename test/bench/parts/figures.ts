/** Lowest, middle and highest of some figures. */
export interface Spread {
  readonly median: number;
  readonly min: number;
  readonly max: number;
}

export function spreadOf(figures: readonly number[]): Spread {
  const sorted = [...figures].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? Number.NaN;
  const median = sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2;
  return { median, min: sorted[0] ?? Number.NaN, max: sorted.at(-1) ?? Number.NaN };
}

export function median(figures: readonly number[]): number {
  return spreadOf(figures).median;
}

/** `a / b`, round by round: what both suffered in one round cancels out. */
export function ratios(a: readonly number[], b: readonly number[]): readonly number[] {
  return a.map((figure, round) => figure / (b[round] ?? Number.NaN));
}

/** One runner: who it is, and what it measures in one run. */
export interface Peer<Run> {
  readonly who: string;
  run(): Run | Promise<Run>;
}

/** Runs the peers in turn, A B C A B C, so that the machine's good and bad moments meet all of them. */
export async function interleave<Run>(
  rounds: number,
  peers: readonly Peer<Run>[],
): Promise<ReadonlyMap<string, readonly Run[]>> {
  const runs = new Map<string, Run[]>(peers.map(({ who }) => [who, []]));
  for (let round = 0; round < rounds; round++) {
    for (const peer of peers) runs.get(peer.who)?.push(await peer.run());
  }
  return runs;
}

/** Repeatable numbers in [0, 1): a 32-bit mulberry generator. */
export function seeded(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
