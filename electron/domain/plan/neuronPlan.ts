import type { Span } from "../tag/span.ts";
import { isBitArea } from "../tag/width.ts";
import type { Read } from "./readPlan.ts";
import { areaOfKey, orderSpans, unitOfKey } from "./spanOrder.ts";

/** The data bytes that a reply stays below, and the whole bytes of bits at which a block is full. */
const bytesBelow = 250;
const fullBytesOfBits = 249;

interface Block {
  readonly start: number;
  end: number;
  readonly places: number[];
}

/**
 * The requests that Neuron 2 makes of one group's tags.
 *
 * Sorted by unit, area, place and length, each tag goes into the first block that it touches or overlaps, as long as
 * the block's bytes and the tag's own stay below 250: 124 registers, never 125, and a tag that lies inside the block
 * counts a second time. Gaps are never read over.
 * @param spans tags of one group; their place in this list is what `Read.spans` holds
 */
export function planAsNeuron(spans: readonly Span[]): readonly Read[] {
  const { count, keys, places, registers } = orderSpans(spans);
  const reads: Read[] = [];
  let blocks: Block[] = [];
  // Of the blocks, those that reach so far that a tag can still touch them.
  let open: Block[] = [];

  function place(index: number, start: number, isBits: boolean): void {
    const length = registers[index] as number;
    let block: Block | undefined;
    for (let at = 0; at < open.length && block === undefined; at++) {
      const one = open[at] as Block;
      if (hasRoom(one, length, isBits)) block = one;
    }
    if (block === undefined) {
      block = { start, end: start, places: [] };
      blocks.push(block);
      open.push(block);
    }
    block.end = Math.max(block.end, start + length);
    block.places.push(places[index] as number);
  }

  for (let from = 0; from < count; ) {
    const key = keys[from] as number;
    let to = from + 1;
    while (to < count && keys[to] === key) to++;
    const start = key & 0xffff;
    const isBits = isBitArea(areaOfKey(key));
    // A block that ends before this tag ends before all that follow.
    if (open.length === 1 && (open[0] as Block).end < start) open = [];
    else if (open.length > 1) open = open.filter((block) => block.end >= start);
    if (to === from + 1) place(from, start, isBits);
    else for (const index of shortestFirst(registers, from, to)) place(index, start, isBits);
    if (to === count || (keys[to] as number) >>> 16 !== key >>> 16) {
      const [unit, area] = [unitOfKey(key), areaOfKey(key)];
      for (const { start: offset, end, places: spans } of blocks) {
        reads.push({ unit, area, offset, count: end - offset, spans });
      }
      blocks = [];
      open = [];
    }
    from = to;
  }
  return reads;
}

function hasRoom({ start, end }: Block, length: number, isBits: boolean): boolean {
  return isBits ? (end - start) >> 3 < fullBytesOfBits : (end - start + length) * 2 < bytesBelow;
}

function shortestFirst(registers: Uint32Array, from: number, to: number): readonly number[] {
  const indices = Array.from({ length: to - from }, (_, index) => from + index);
  return indices.sort((a, b) => (registers[a] as number) - (registers[b] as number));
}
