/**
 * Stretches `[starts, ends)` of one area, `count` of them; `places` is where each one's spans begin in their order.
 * Columns rather than objects: 100,000 tags are planned anew with every edit.
 */
export interface Blocks {
  count: number;
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
 * @param walls  1 where no request may go on from the block before
 * @returns the block that each request begins with, in rising order
 */
export function cheapestCuts(
  { count, starts, ends }: Blocks,
  { most, fixed, each }: CutCost,
  walls?: Uint8Array,
): Uint32Array {
  const begin = new Uint32Array(count + 1);
  const queue = new Uint32Array(count);
  const candidate = new Float64Array(count);
  let best = 0;
  let head = 0;
  let tail = 0;
  for (let index = 0; index < count; index++) {
    const start = starts[index] as number;
    const end = ends[index] as number;
    const own = best - each * start;
    candidate[index] = own;
    if (walls !== undefined && walls[index] === 1) head = tail;
    while (tail > head && (candidate[queue[tail - 1] as number] as number) >= own) tail--;
    queue[tail++] = index;
    // The block itself always stays: it may be longer than any request.
    while (head < tail - 1 && end - (starts[queue[head] as number] as number) > most) head++;
    const from = queue[head] as number;
    begin[index + 1] = from;
    best = (candidate[from] as number) + fixed + each * end;
  }
  // Walked from the end, written from the end: the queue is not needed any more.
  let first = count;
  for (let at = count; at > 0; ) {
    at = begin[at] as number;
    queue[--first] = at;
  }
  return queue.subarray(first);
}
