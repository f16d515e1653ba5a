/**
 * Stretches `[starts, ends)` of one area, `count` of them; `places` is where each one's spans begin in their order.
 * Columns rather than objects: 100,000 tags are planned anew with every edit.
 */
export interface Blocks {
  readonly count: number;
  readonly starts: Uint32Array;
  readonly ends: Uint32Array;
  readonly places: Uint32Array;
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
export function cheapestCuts(blocks: Blocks, { most, fixed, each }: CutCost): readonly number[] {
  const best = new Float64Array(blocks.count + 1);
  const begin = new Uint32Array(blocks.count + 1);
  const queue = new Uint32Array(blocks.count);
  const candidate = new Float64Array(blocks.count);
  let head = 0;
  let tail = 0;
  const { starts, ends } = blocks;
  for (let index = 0; index < blocks.count; index++) {
    const start = starts[index] as number;
    const end = ends[index] as number;
    candidate[index] = (best[index] as number) - each * start;
    while (tail > head && (candidate[queue[tail - 1] as number] as number) >= (candidate[index] as number))
      tail--;
    queue[tail++] = index;
    // The block itself always stays: it may be longer than any request.
    while (head < tail - 1 && end - (starts[queue[head] as number] as number) > most) head++;
    const from = queue[head] as number;
    begin[index + 1] = from;
    best[index + 1] = (candidate[from] as number) + fixed + each * end;
  }
  const cuts: number[] = [];
  for (let at = blocks.count; at > 0; ) {
    at = begin[at] as number;
    cuts.push(at);
  }
  return cuts.reverse();
}
