import { againAfterMs, type LinkShape, roundTripMs } from "./linkShape.ts";

/** Bytes `start` to `end` of what was handed in reach the far end at `atMs`. */
export interface Carried {
  readonly start: number;
  readonly end: number;
  readonly atMs: number;
  /** packets that it took, the repeated ones among them */
  readonly packets: number;
}

/** Bytes of a TCP segment over Ethernet, IPv4 and no options. */
const segmentBytes = 1460;
/** IPv4 and TCP without options. */
export const headerBytes = 40;
/** Linux gives a connection up after 15 tries; the stream then ends, which the sockets tell themselves. */
const mostTries = 15;

/**
 * Carries one direction of one TCP connection over a link, as a receiver above TCP sees it:
 *
 * - bytes are cut into segments, which leave one after another at the link's rate (a segment counts with 40 header
 *   bytes) and take its delay and some jitter;
 * - a lost segment comes after one round trip where three or more follow it in the same flight (fast retransmit, RFC
 *   5681, 3.2), else after the retransmission time-out, doubled for each further loss (RFC 6298);
 * - what follows a lost segment waits for it: order is kept, so loss is seen as a stall and then a burst.
 *
 * Lost acknowledgements are left out, because the next one stands for them, and so is the congestion window: the
 * small messages of a gateway do not fill it.
 *
 * @param random numbers in [0, 1)
 * @returns a function that takes a count of bytes at a time in ms that never goes back
 */
export function carrier(
  shape: LinkShape,
  direction: "up" | "down",
  random: () => number,
): (bytes: number, nowMs: number) => readonly Carried[] {
  const way = shape[direction];
  let freeAtMs = 0;
  let lastAtMs = 0;

  return (bytes, nowMs) => {
    const carried: Carried[] = [];
    for (let start = 0; start < bytes; start += segmentBytes) {
      const end = Math.min(bytes, start + segmentBytes);
      const size = end - start + headerBytes;
      const sending = way.bytesPerSecond === null ? 0 : (size * 1000) / way.bytesPerSecond;
      freeAtMs = Math.max(freeAtMs, nowMs) + sending;
      const following = Math.ceil((bytes - end) / segmentBytes);
      const { waitMs, tries } = losses(following);
      const atMs = freeAtMs + way.delayMs + way.jitterMs * random() + waitMs;
      lastAtMs = Math.max(lastAtMs, atMs);
      carried.push({ start, end, atMs: lastAtMs, packets: tries });
    }
    return carried;
  };

  function losses(following: number): { readonly waitMs: number; readonly tries: number } {
    let waitMs = 0;
    let nextMs = againAfterMs(shape);
    let tries = 1;
    while (way.loss > 0 && tries < mostTries && random() < way.loss) {
      if (tries === 1 && following >= 3) {
        waitMs += roundTripMs(shape);
      } else {
        waitMs += nextMs;
        nextMs = Math.min(shape.again.mostMs, 2 * nextMs);
      }
      tries++;
    }
    return { waitMs, tries };
  }
}
