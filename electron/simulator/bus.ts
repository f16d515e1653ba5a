import type { BytePipe, Unsubscribe } from "#capabilities/line.ts";
import { charMs } from "#domain/modbus/timing.ts";
import type { SerialSettings } from "#domain/site/site.ts";
import { garbleForWrongSettings, hearAsUart, isSameSettings } from "./lineNoise.ts";

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
  /**
   * Opens a tap; with other settings than the line's it hears garbage and is heard as garbage.
   * @param echoes asked at each byte: does it hear what it sends itself?
   */
  tap(settings?: SerialSettings, echoes?: () => boolean): Tap;
  /** damages what passes; given the byte and its place in the transmission, answers the byte that is heard */
  setNoise(noise: ((byte: number, index: number) => number) | undefined): void;
  close(): Promise<void>;
}

interface Listener {
  readonly settings: SerialSettings;
  readonly echoes: () => boolean;
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
  /** the bytes as they passed, damaged or not, as far as `delivered` */
  readonly passed: Uint8Array;
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
      for (let i = t.delivered; i < due; i++) t.passed[i] = byteAsHeard(t, i);
      const heard = t.passed.slice(t.delivered, due);
      t.delivered = due;
      const atMs = t.startMs + due * t.byteMs;
      if (due === t.bytes.length) t.done();
      for (const listener of [...listeners])
        if (listener !== t.from || listener.echoes()) hand(listener, t, heard, atMs);
    }
    const oldest = Math.min(...onWire.filter((t) => t.delivered < t.bytes.length).map((t) => t.startMs), now);
    onWire = onWire.filter((t) => t.delivered < t.bytes.length || endOf(t) > oldest);
    schedule();
  }

  function hand(listener: Listener, t: Transmission, heard: Uint8Array, atMs: number): void {
    const sound =
      listener === t.from ||
      (isSameSettings(t.from.settings, settings) && isSameSettings(listener.settings, settings));
    const bytes = sound ? heard : garbled(listener, t, heard);
    if (bytes.length > 0) for (const call of [...listener.heard]) call(bytes, atMs);
  }

  /** At another baud rate characters run into each other, so these are told once the whole transmission is known. */
  function garbled(listener: Listener, t: Transmission, heard: Uint8Array): Uint8Array {
    if (listener.settings.baudRate === t.from.settings.baudRate)
      return garbleForWrongSettings(heard, listener.settings, t.from.settings);
    const isWhole = t.delivered === t.bytes.length;
    return isWhole ? hearAsUart(t.passed, t.from.settings, listener.settings) : new Uint8Array(0);
  }

  function schedule(): void {
    const next = Math.min(
      ...onWire
        .filter((t) => t.delivered < t.bytes.length)
        .map((t) => t.startMs + (t.delivered + 1) * t.byteMs),
    );
    if (timer !== undefined || next === Number.POSITIVE_INFINITY) return;
    timer = setTimeout(deliverDue, next - performance.now());
  }

  function closeListener(listener: Listener): void {
    if (!listeners.delete(listener)) return;
    for (const call of [...listener.closed]) call(undefined);
    listener.heard.clear();
  }

  function tap(tapSettings: SerialSettings = settings, echoes = () => false): Tap {
    const listener: Listener = {
      settings: tapSettings,
      echoes,
      busyUntil: 0,
      heard: new Set(),
      closed: new Set(),
    };
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
          const passed = new Uint8Array(bytes.length);
          onWire.push({ from: listener, bytes: bytes.slice(), startMs, byteMs, passed, delivered: 0, done });
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
