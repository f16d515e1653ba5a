/** A stretch `[start, end)` of one area; `place` is where its spans begin in their order. */
export interface Block {
  readonly start: number;
  readonly end: number;
  readonly place: number;
}

export interface CutCost {
  /** longest request */
  readonly most: number;
  /** cost of a request, and of each register or bit in it */
  readonly fixed: number;
  readonly each: number;
}

/**
 * Cuts blocks into requests at the least cost in all; time grows with their number alone.
 *
 * `best[i]` is the least cost of the first i blocks: the least `best[j] + fixed + each × (end of block i−1 − start of
 * block j)`, where j begins the last request. `best[j] − each × start` does not change with i, so the candidates wait
 * in a queue in which it rises: one that a later, cheaper one follows can never win again.
 * @param blocks starts and ends both rise
 * @returns the block that each request begins with, in rising order
 */
export function cheapestCuts(blocks: readonly Block[], { most, fixed, each }: CutCost): readonly number[] {
  const best = new Float64Array(blocks.length + 1);
  const begin = new Uint32Array(blocks.length + 1);
  const queue = new Uint32Array(blocks.length);
  const candidate = new Float64Array(blocks.length);
  let head = 0;
  let tail = 0;
  for (const [index, { start, end }] of blocks.entries()) {
    candidate[index] = (best[index] as number) - each * start;
    while (tail > head && (candidate[queue[tail - 1] as number] as number) >= (candidate[index] as number))
      tail--;
    queue[tail++] = index;
    // The block itself always stays: it may be longer than any request.
    while (head < tail - 1 && end - (blocks[queue[head] as number] as Block).start > most) head++;
    const from = queue[head] as number;
    begin[index + 1] = from;
    best[index + 1] = (candidate[from] as number) + fixed + each * end;
  }
  const cuts: number[] = [];
  for (let at = blocks.length; at > 0; ) {
    at = begin[at] as number;
    cuts.push(at);
  }
  return cuts.reverse();
}
