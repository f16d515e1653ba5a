/** One direction of a link. */
export interface Way {
  /** ms from one end to the other */
  readonly delayMs: number;
  /** up to so many ms more, evenly spread */
  readonly jitterMs: number;
  /** null: as fast as it comes */
  readonly bytesPerSecond: number | null;
  /** share of segments that are lost on the way, 0 to below 1 */
  readonly loss: number;
}

/**
 * How a link treats what passes: what a proxy can do to a TCP stream. TCP hides loss: nothing is missing in the
 * stream, it comes later. See carrier.ts for how.
 */
export interface LinkShape {
  readonly up: Way;
  readonly down: Way;
  /** a flow without traffic for so long is forgotten: from then on its packets go nowhere and nobody is told */
  readonly natIdleMs: number | null;
  /** a lost segment is sent again after `leastMs` or more, then after twice as long each time, up to `mostMs` */
  readonly again: {
    readonly leastMs: number;
    readonly mostMs: number;
    /** the same for the first packet of a connection, when no round trip is known yet */
    readonly openingMs: number;
  };
}

const plainWay: Way = { delayMs: 0, jitterMs: 0, bytesPerSecond: null, loss: 0 };

/**
 * Nothing done to what passes. The times of sending again are Linux's least (0.2 s), RFC 6298's first (1 s, section
 * 2.1) and Linux's most (120 s).
 */
export const plainShape: LinkShape = {
  up: plainWay,
  down: plainWay,
  natIdleMs: null,
  again: { leastMs: 200, mostMs: 120_000, openingMs: 1000 },
};

/** A round trip without waiting for anything: what a sender goes by when it decides to send again. */
export function roundTripMs(shape: LinkShape): number {
  const { up, down } = shape;
  return up.delayMs + down.delayMs + (up.jitterMs + down.jitterMs) / 2;
}

/** RFC 6298, section 2: smoothed round trip plus four times its variation, and never under the least. */
export function againAfterMs(shape: LinkShape): number {
  const { up, down, again } = shape;
  return Math.max(again.leastMs, roundTripMs(shape) + 2 * (up.jitterMs + down.jitterMs));
}

/**
 * When a sender that has been sending in vain for `elapsedMs` tries the next time, counted from the start: the first
 * wait is `firstMs`, each further one twice the one before, none over `mostMs`.
 */
export function nextTryMs(elapsedMs: number, firstMs: number, mostMs: number): number {
  let at = 0;
  let wait = Math.max(1, firstMs);
  while (at < elapsedMs) {
    at += wait;
    wait = Math.min(mostMs, 2 * wait);
  }
  return at;
}

/** The same link with every time `factor` times as short, so that hours of it can be tried in seconds. */
export function compressed(shape: LinkShape, factor: number): LinkShape {
  const way = (one: Way): Way => ({
    ...one,
    delayMs: one.delayMs / factor,
    jitterMs: one.jitterMs / factor,
    bytesPerSecond: one.bytesPerSecond === null ? null : one.bytesPerSecond * factor,
  });
  const { again, natIdleMs } = shape;
  return {
    up: way(shape.up),
    down: way(shape.down),
    natIdleMs: natIdleMs === null ? null : natIdleMs / factor,
    again: {
      leastMs: again.leastMs / factor,
      mostMs: again.mostMs / factor,
      openingMs: again.openingMs / factor,
    },
  };
}
