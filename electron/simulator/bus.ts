import type { BytePipe, Unsubscribe } from "#capabilities/line.ts";
import { charMs } from "#domain/modbus/timing.ts";
import type { SerialSettings } from "#domain/site/site.ts";
import { garbleForWrongSettings, isSameSettings } from "./lineNoise.ts";

/** One station's connection to the line. `write` resolves when the last stop bit has passed. */
export interface Tap extends BytePipe {
  readonly settings: SerialSettings;
}

/**
 * An RS-485 pair: what one tap writes, all the others hear, a character at a time at the line's baud rate.
 * Transmissions that overlap damage each other, as drivers fighting over a pair do.
 */
export interface Bus {
  readonly settings: SerialSettings;
  /** ms of one character on this line */
  readonly characterMs: number;
  /** true while characters are on their way that were not yet delivered */
  readonly busy: boolean;
  /** opens a tap; with other settings than the line's it hears garbage and is heard as garbage */
  tap(settings?: SerialSettings): Tap;
  /** damages what passes; given the byte and its place in the transmission, answers the byte that is heard */
  setNoise(noise: ((byte: number, index: number) => number) | undefined): void;
  close(): Promise<void>;
}

interface Listener {
  readonly settings: SerialSettings;
  /** when this tap's own last transmission ends */
  busyUntil: number;
  readonly heard: Set<(bytes: Uint8Array, atMs: number) => void>;
  readonly closed: Set<(error: Error | undefined) => void>;
}

interface Transmission {
  readonly from: Listener;
  readonly bytes: Uint8Array;
  readonly startMs: number;
  readonly byteMs: number;
  delivered: number;
  readonly done: () => void;
}

export function openBus(settings: SerialSettings): Bus {
  const listeners = new Set<Listener>();
  // Finished transmissions stay for a moment: a later byte may still have overlapped them.
  let onWire: Transmission[] = [];
  let timer: NodeJS.Timeout | undefined;
  let noise: ((byte: number, index: number) => number) | undefined;

  const endOf = (t: Transmission) => t.startMs + t.bytes.length * t.byteMs;

  function byteAsHeard(t: Transmission, index: number): number {
    const from = t.startMs + index * t.byteMs;
    const to = from + t.byteMs;
    let byte = t.bytes[index] ?? 0;
    for (const other of onWire) {
      if (other.from === t.from || other.startMs >= to || endOf(other) <= from) continue;
      const meets = Math.max(0, Math.floor((from - other.startMs) / other.byteMs));
      byte = (byte & (other.bytes[meets] ?? 0xff)) ^ 0x24;
    }
    return noise === undefined ? byte : noise(byte, index);
  }

  function deliverDue(): void {
    timer = undefined;
    const now = performance.now();
    for (const t of [...onWire]) {
      const due = Math.min(t.bytes.length, Math.floor((now - t.startMs) / t.byteMs + 1e-6));
      if (due <= t.delivered) continue;
      const heard = new Uint8Array(due - t.delivered);
      for (let i = 0; i < heard.length; i++) heard[i] = byteAsHeard(t, t.delivered + i);
      t.delivered = due;
      const atMs = t.startMs + due * t.byteMs;
      if (due === t.bytes.length) t.done();
      for (const listener of [...listeners]) if (listener !== t.from) hand(listener, t, heard, atMs);
    }
    const oldest = Math.min(...onWire.filter((t) => t.delivered < t.bytes.length).map((t) => t.startMs), now);
    onWire = onWire.filter((t) => t.delivered < t.bytes.length || endOf(t) > oldest);
    schedule();
  }

  function hand(listener: Listener, t: Transmission, heard: Uint8Array, atMs: number): void {
    const sound = isSameSettings(t.from.settings, settings) && isSameSettings(listener.settings, settings);
    const bytes = sound ? heard : garbleForWrongSettings(heard, listener.settings, t.from.settings);
    if (bytes.length > 0) for (const call of [...listener.heard]) call(bytes, atMs);
  }

  function schedule(): void {
    const next = Math.min(
      ...onWire
        .filter((t) => t.delivered < t.bytes.length)
        .map((t) => t.startMs + (t.delivered + 1) * t.byteMs),
    );
    if (timer !== undefined || next === Number.POSITIVE_INFINITY) return;
    timer = setTimeout(deliverDue, Math.max(1, next - performance.now()));
  }

  function closeListener(listener: Listener): void {
    if (!listeners.delete(listener)) return;
    for (const call of [...listener.closed]) call(undefined);
    listener.heard.clear();
  }

  function tap(tapSettings: SerialSettings = settings): Tap {
    const listener: Listener = { settings: tapSettings, busyUntil: 0, heard: new Set(), closed: new Set() };
    listeners.add(listener);
    return {
      settings: tapSettings,
      write(bytes) {
        if (!listeners.has(listener)) return Promise.reject(new Error("the tap is closed"));
        if (bytes.length === 0) return Promise.resolve();
        const byteMs = charMs(tapSettings);
        const startMs = Math.max(performance.now(), listener.busyUntil);
        listener.busyUntil = startMs + bytes.length * byteMs;
        return new Promise((done) => {
          onWire.push({ from: listener, bytes: bytes.slice(), startMs, byteMs, delivered: 0, done });
          schedule();
        });
      },
      onBytes: (call) => subscribe(listener.heard, call),
      onClose: (call) => subscribe(listener.closed, call),
      async close() {
        closeListener(listener);
      },
    };
  }

  return {
    settings,
    characterMs: charMs(settings),
    get busy() {
      return onWire.some((t) => t.delivered < t.bytes.length);
    },
    tap,
    setNoise(next) {
      noise = next;
    },
    async close() {
      clearTimeout(timer);
      for (const t of onWire) t.done();
      onWire = [];
      for (const listener of [...listeners]) closeListener(listener);
    },
  };
}

function subscribe<T>(set: Set<T>, call: T): Unsubscribe {
  set.add(call);
  return () => set.delete(call);
}
