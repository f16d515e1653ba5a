import type { Clock } from "#capabilities/clock.ts";
import type { Frame, Heard, LinePlace, Lines, Reply, Unsubscribe } from "#capabilities/line.ts";
import type { Fault } from "#domain/fault.ts";
import type { Learned as LearnedWords } from "#domain/modbus/judge.ts";
import type { Area } from "#domain/tag/address.ts";
import type { Words } from "#domain/tag/tag.ts";
import { Traffic } from "./lineTrafficOwner.ts";
import type { Priority } from "./lineTrafficQueue.ts";

export type { Priority } from "./lineTrafficQueue.ts";

export type TrafficState =
  | { readonly at: "closed" }
  /** `untilMs` is the clock's time at which the first byte may be sent */
  | { readonly at: "listening"; readonly untilMs: number }
  | { readonly at: "free" }
  /** another master was heard: nothing is sent */
  | { readonly at: "taken"; readonly frames: number; readonly units: readonly number[] }
  | { readonly at: "lost"; readonly fault: Fault };

export interface ExchangeOptions {
  readonly timeoutMs: number;
  readonly priority: Priority;
}

/** Words that another master read from a unit, seen in passing at `at` (ms since 1970). */
export interface Learned extends LearnedWords {
  readonly at: number;
}

export interface LineReading {
  readonly words: Words;
  /** when the reply came, ms since 1970 */
  readonly at: number;
  readonly latencyMs: number;
}

/**
 * The only caller of one line of the site. It opens when first used and again after a loss.
 *
 * On a shared line every session begins in silence, and ends in it for as long as another master is heard: then
 * `exchange` rejects with line.taken and nothing is sent. Units that do not answer are left alone for so long that
 * they cost a twentieth of the line's time; meanwhile their polls reject at once with line.silent. Other priorities
 * always go through.
 */
export interface LineTraffic {
  readonly state: TrafficState;
  onState(listener: (state: TrafficState) => void): Unsubscribe;
  /** @throws the faults of Line.exchange and Lines.open, and line.taken; the signal's reason when cancelled */
  exchange(unit: number, pdu: Uint8Array, options: ExchangeOptions, signal: AbortSignal): Promise<Reply>;
  /** reads `count` words, or bits of coils and discrete inputs, in one request */
  read(
    unit: number,
    area: Area,
    offset: number,
    count: number,
    options: ExchangeOptions,
    signal: AbortSignal,
  ): Promise<LineReading>;
  /** opens and never talks: resolves with what passed within `ms` */
  listen(ms: number, signal: AbortSignal): Promise<Heard>;
  /** every frame that passes on the line, as it passes */
  onFrame(listener: (frame: Frame) => void): Unsubscribe;
  /** the open line hands back what it is given to send */
  readonly echoes: boolean;
  onLearned(listener: (learned: Learned) => void): Unsubscribe;
  close(): Promise<void>;
}

export interface TrafficWorld {
  readonly lines: Lines;
  readonly clock: Clock;
  /**
   * silence before the first byte of a session; 3000 on shared lines by default, always 0 on TCP. After a short loss
   * of a line that was free it is at most 400.
   */
  readonly listenMs?: number;
  /** how long no foreign frame may pass until the line counts as free again; 10 000 by default */
  readonly quietMs?: number;
  onFrame(frame: Frame): void;
}

/** Nothing is opened yet: the first use opens the line. */
export function openTraffic(place: LinePlace, world: TrafficWorld): LineTraffic {
  return new Traffic(place, world);
}
