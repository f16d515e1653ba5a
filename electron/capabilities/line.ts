import type { SerialSettings } from "#domain/site/site.ts";

export type Unsubscribe = () => void;

/** A raw two-way byte channel: an open serial port, a TCP socket, or the simulated line. */
export interface BytePipe {
  /** resolves when the bytes are handed to the wire */
  write(bytes: Uint8Array): Promise<void>;
  /** `atMs` is monotonic time on arrival; the bytes are only lent for the time of the call */
  onBytes(listener: (bytes: Uint8Array, atMs: number) => void): Unsubscribe;
  /** called once, with a fault when the channel was lost rather than closed by us */
  onClose(listener: (error: Error | undefined) => void): Unsubscribe;
  close(): Promise<void>;
}

/** A port a person can choose, as the system knows it. */
export interface PortInfo {
  /** what `open` takes */
  readonly path: string;
  /** short name for people: USB0, COM3, Training line */
  readonly label: string;
  readonly manufacturer: string;
  readonly serialNumber: string;
  /** USB vendor and product id, hex, empty when not USB */
  readonly usbId: string;
  /** how long a USB adapter holds back a few bytes before it hands them over; absent where the driver does not tell */
  readonly latencyTimerMs?: number;
  readonly simulated: boolean;
}

/**
 * Serial ports. Faults: line.busy, line.noPermission, line.portMissing, line.driverFailed, line.unreachable (for
 * `tcp://host:port`); a port that goes away later closes its pipe with line.lost.
 */
export interface SerialPorts {
  list(): Promise<readonly PortInfo[]>;
  open(path: string, settings: SerialSettings, signal: AbortSignal): Promise<BytePipe>;
}

/** What the wire drawer shows: one frame or run of bytes, as it passed. */
export interface Frame {
  /** when its last byte passed, ms since 1970 */
  readonly at: number;
  readonly direction: "sent" | "received" | "heard";
  readonly bytes: Uint8Array;
  readonly verdict: "good" | "badCrc" | "short" | "unexpected";
  /** time since the request for a reply; since the last byte otherwise */
  readonly gapMs: number;
}

/** A reply whose unit, function and length fit the request: the PDU without unit and checksum. */
export interface Reply {
  readonly pdu: Uint8Array;
  readonly latencyMs: number;
}

/** What was heard in a silence of ours: other masters' frames and stray bytes. */
export interface Heard {
  readonly bytes: number;
  /** CRC-valid frames that nobody here sent */
  readonly frames: readonly Frame[];
}

/**
 * One open Modbus line, used by services/lineTraffic alone: one exchange at a time on RTU with silent intervals kept,
 * several reads at once on TCP; never a late reply taken for another request's.
 *
 * Faults of `exchange`: line.silent, line.badFrame, line.exception, line.lost, line.turnedAway (TCP); Problem unit.broadcast for unit 0.
 * Cancelling does not cut an exchange in flight on RTU: it settles after its time-out and then rejects.
 */
export interface Line {
  /** true where several masters cannot share the medium (RTU); false for TCP */
  readonly shared: boolean;
  /** our own bytes come back first (a two-wire adapter); they are left out of replies. False until a request showed it */
  readonly echoes?: boolean;
  /**
   * How many exchanges it is worth handing over at once; 1 where absent. It changes as the line learns what the device
   * takes. More may be handed over: they wait inside for their turn.
   */
  readonly atOnce?: number;
  exchange(unit: number, pdu: Uint8Array, timeoutMs: number, signal: AbortSignal): Promise<Reply>;
  /** sends nothing for `ms` and reports what passed */
  listen(ms: number, signal: AbortSignal): Promise<Heard>;
  onFrame(listener: (frame: Frame) => void): Unsubscribe;
  onClose(listener: (error: Error | undefined) => void): Unsubscribe;
  close(): Promise<void>;
}

export type LinePlace =
  | { readonly kind: "serial"; readonly port: string; readonly settings: SerialSettings }
  | { readonly kind: "tcp"; readonly host: string; readonly port: number };

export interface Lines {
  open(place: LinePlace, signal: AbortSignal): Promise<Line>;
}
