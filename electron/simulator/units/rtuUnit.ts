import { parseRtuFrame, rtuFrame } from "#domain/modbus/rtuFrame.ts";
import { silentIntervalMs } from "#domain/modbus/timing.ts";
import type { Bank } from "../bank.ts";
import type { Bus } from "../bus.ts";
import { answerPdu, type Identity } from "../pduServer.ts";

/** How a unit takes a request; `request` counts those it got. */
export interface Temper {
  turnaroundMs(request: number): number;
  /** an exception code to answer with instead of the values */
  refuses(request: number): number | undefined;
  ignores(elapsedMs: number, pdu: Uint8Array): boolean;
  /** `quietMs` is the silence between the frame before, its own reply included, and the request */
  misses?(quietMs: number): boolean;
  /** what leaves in place of the whole reply; the reply itself unless told */
  sends?(frame: Uint8Array, request: number): Uint8Array;
}

export const calm: Temper = {
  turnaroundMs: (n) => 4 + (n % 3),
  refuses: () => undefined,
  ignores: () => false,
};

export interface RtuUnit {
  readonly number: number;
  readonly bank: Bank;
  readonly identity?: Identity;
  readonly temper?: Temper;
}

/**
 * Puts a unit on the line. It answers good requests with its number after its turnaround, never less than
 * 3.5 characters; broadcasts are obeyed and not answered.
 *
 * @returns takes the unit off the line
 */
export function joinBus(bus: Bus, unit: RtuUnit, elapsedMs: () => number): () => void {
  const tap = bus.tap();
  const silenceMs = silentIntervalMs(bus.settings);
  const temper = unit.temper ?? calm;
  let heard: number[] = [];
  let lastAtMs = 0;
  let startedAtMs = 0;
  let quietSinceMs = 0;
  let requests = 0;
  let frameEnd: NodeJS.Timeout | undefined;
  let answer: NodeJS.Timeout | undefined;

  tap.onBytes((bytes, atMs) => {
    // Judged by wire time: a late timer of this process must not tear a frame apart.
    const fromMs = atMs - bytes.length * bus.characterMs;
    if (heard.length > 0 && fromMs - lastAtMs > silenceMs) takeFrame();
    if (heard.length === 0) startedAtMs = fromMs;
    heard.push(...bytes);
    if (heard.length > 512) heard = heard.slice(-512);
    lastAtMs = atMs;
    clearTimeout(frameEnd);
    frameEnd = setTimeout(awaitSilence, Math.max(1, atMs + silenceMs - performance.now()));
  });

  function awaitSilence(): void {
    // The line may be late in delivering what is on the wire already.
    if (bus.busy) frameEnd = setTimeout(awaitSilence, 1);
    else takeFrame();
  }

  function takeFrame(): void {
    const frame = parseRtuFrame(Uint8Array.from(heard));
    const quietMs = startedAtMs - quietSinceMs;
    heard = [];
    quietSinceMs = lastAtMs;
    clearTimeout(frameEnd);
    if (frame === undefined || (frame.unit !== unit.number && frame.unit !== 0)) return;
    const { pdu } = frame;
    if (!isRequest(pdu)) return;
    requests++;
    if (temper.misses?.(quietMs) || temper.ignores(elapsedMs(), pdu)) return;
    const refusal = temper.refuses(requests);
    const reply =
      refusal === undefined
        ? answerPdu(unit.bank, unit.identity, pdu)
        : Uint8Array.of((pdu[0] ?? 0) | 0x80, refusal);
    if (frame.unit === 0) return;
    const waitMs = Math.max(silenceMs, temper.turnaroundMs(requests));
    clearTimeout(answer);
    const whole = rtuFrame(unit.number, reply);
    const sent = temper.sends?.(whole, requests) ?? whole;
    answer = setTimeout(() => {
      quietSinceMs = performance.now() + sent.length * bus.characterMs;
      tap.write(sent).catch(() => undefined);
    }, waitMs);
  }

  return () => {
    clearTimeout(frameEnd);
    clearTimeout(answer);
    void tap.close();
  };
}

/** Tells a request from another unit's reply with the same number. */
function isRequest(pdu: Uint8Array): boolean {
  const code = pdu[0] ?? 0;
  if (code >= 0x80) return false;
  if (code <= 6) return pdu.length === 5;
  if (code === 15 || code === 16) return pdu.length === 6 + (pdu[5] ?? 0);
  return true;
}
