/** Timers and `performance.now` of this process on a clock that jumps from timer to timer. */
export interface VirtualTime {
  /** ms that have passed on it */
  now(): number;
  /** runs `work` to its end; whenever everything waits, the clock jumps to the next timer, fractions of ms kept */
  run<T>(work: () => Promise<T>): Promise<T>;
  /** lets `ms` pass */
  pass(ms: number): Promise<void>;
  restore(): void;
}

interface Timer {
  readonly call: () => void;
  readonly everyMs: number | undefined;
  atMs: number;
}

const real = { setTimeout, clearTimeout, setInterval, clearInterval, now: performance.now };

/** Replaces the timers until `restore`: what the simulated line does in minutes is then told in a moment, exactly. */
export function virtualTime(): VirtualTime {
  let nowMs = 0;
  const timers = new Set<Timer>();
  const add = (call: () => void, ms: number, everyMs?: number) => {
    const timer = { call, atMs: nowMs + Math.max(0, ms), everyMs };
    timers.add(timer);
    return timer;
  };
  const remove = (timer: unknown) => void timers.delete(timer as Timer);
  Object.assign(globalThis, {
    setTimeout: (call: () => void, ms = 0) => add(call, ms),
    setInterval: (call: () => void, ms = 0) => add(call, ms, ms),
    clearTimeout: remove,
    clearInterval: remove,
  });
  performance.now = () => nowMs;

  /** Everything that only waits for promises has gone on when an immediate comes. */
  const settled = () => new Promise<void>((done) => void setImmediate(done));

  function next(): Timer | undefined {
    let first: Timer | undefined;
    for (const timer of timers) if (first === undefined || timer.atMs < first.atMs) first = timer;
    return first;
  }

  function fire(timer: Timer): void {
    nowMs = Math.max(nowMs, timer.atMs);
    if (timer.everyMs === undefined) timers.delete(timer);
    else timer.atMs = nowMs + timer.everyMs;
    timer.call();
  }

  async function until(isOver: () => boolean, mostMs: number): Promise<void> {
    for (;;) {
      await settled();
      const timer = next();
      if (isOver() || timer === undefined || timer.atMs > mostMs) return;
      fire(timer);
    }
  }

  return {
    now: () => nowMs,
    async run(work) {
      let ended = false;
      const result = work().finally(() => {
        ended = true;
      });
      await until(() => ended, Number.POSITIVE_INFINITY);
      return result;
    },
    async pass(ms) {
      const end = nowMs + ms;
      await until(() => false, end);
      nowMs = end;
    },
    restore() {
      const { now, ...rest } = real;
      Object.assign(globalThis, rest);
      performance.now = now;
    },
  };
}
