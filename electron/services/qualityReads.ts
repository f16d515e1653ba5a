import type { Clock } from "#capabilities/clock.ts";
import type { Frame } from "#capabilities/line.ts";
import { hasFault } from "#domain/fault.ts";
import { readFunction } from "#domain/modbus/functions.ts";
import { readRequest } from "#domain/modbus/pdu.ts";
import { charMs } from "#domain/modbus/timing.ts";
import { judgeBadFrame, replyBytes, wireBytes } from "#domain/quality/badFrame.ts";
import type { LineRead, Outcome } from "#domain/quality/lineReads.ts";
import type { Line } from "#domain/site/site.ts";
import type { LineTraffic } from "./lineTraffic.ts";

/** Registers that the unit has: where a measurement reads. */
export interface ReadPlace {
  readonly area: "holding" | "input";
  readonly offset: number;
}

export interface HowToRead {
  /** pause before the request */
  readonly gapMs?: number;
  /** the line's own time-out unless told */
  readonly timeoutMs?: number;
}

/** Reads one unit and tells what came, down to the bytes of damaged answers. */
export interface UnitReader {
  read(place: ReadPlace, registers: number, how?: HowToRead): Promise<LineRead>;
  /** the exception of the last read that was answered by one */
  readonly lastException: number | undefined;
  stop(): void;
}

const tcpHeaderBytes = 6;

export function unitReader(
  line: Line,
  unit: number,
  traffic: LineTraffic,
  clock: Clock,
  signal: AbortSignal,
  /** monotonic; the reads are timed from it */
  startedAtMs: number = clock.monotonic(),
): UnitReader {
  const characterMs = line.kind === "serial" ? charMs(line.settings) : 0;
  let received: Frame[] = [];
  let silences = 0;
  let lastException: number | undefined;
  const stop = traffic.onFrame((frame) => {
    if (frame.direction === "received") received.push(frame);
  });

  async function outcomeOf(place: ReadPlace, registers: number, timeoutMs: number): Promise<Outcome> {
    const options = { timeoutMs, priority: "person" } as const;
    const pdu = readRequest(place.area, place.offset, registers);
    try {
      const { latencyMs } = await traffic.exchange(unit, pdu, options, signal);
      const wireMs = wireBytes(registers) * characterMs;
      return {
        at: "good",
        latencyMs,
        arrivedAtMs: clock.monotonic(),
        waitMs: Math.max(0, latencyMs - wireMs),
      };
    } catch (error) {
      if (hasFault(error, "line.silent")) return { at: "silent" };
      if (hasFault(error, "line.exception")) {
        lastException = error.fault.exception;
        return { at: "exception" };
      }
      if (!hasFault(error, "line.badFrame")) throw error;
      if (error.fault.reason === "neverSilent") return { at: "neverSilent" };
      const bytes = joined(received);
      const called = readFunction[place.area];
      return { at: "bad", frame: judgeBadFrame(bytes, { unit, called, registers }) };
    }
  }

  function bytesOf(outcome: Outcome, registers: number, came: number): number {
    if (outcome.at !== "good") return came;
    // A TCP reply has its own header in place of the checksum.
    return replyBytes(registers) + (line.kind === "tcp" ? tcpHeaderBytes - 2 : 0);
  }

  /** Whole answers of this unit that no request of ours still waited for. */
  function takeDoubled(): number {
    const spare = received.filter(
      (frame) => frame.verdict === "unexpected" && frame.bytes[0] === unit,
    ).length;
    received = [];
    // After a time-out the first of them is the answer that came late.
    const late = Math.min(spare, silences);
    silences -= late;
    return spare - late;
  }

  return {
    get lastException() {
      return lastException;
    },
    async read(place, registers, { gapMs, timeoutMs = line.timeoutMs } = {}) {
      const before = takeDoubled();
      if (gapMs !== undefined && gapMs > 0) await clock.sleep(gapMs, signal);
      const atMs = clock.monotonic() - startedAtMs;
      const outcome = await outcomeOf(place, registers, timeoutMs);
      const came = received.reduce((sum, frame) => sum + frame.bytes.length, 0);
      if (outcome.at === "silent") silences += 1;
      const doubled = before + (outcome.at === "bad" ? 0 : takeDoubled());
      received = [];
      const bytes = bytesOf(outcome, registers, came);
      return { atMs, registers, bytes, doubled, outcome, ...(gapMs === undefined ? {} : { gapMs }) };
    },
    stop,
  };
}

function joined(frames: readonly Frame[]): Uint8Array {
  return Uint8Array.from(frames.flatMap((frame) => [...frame.bytes]));
}
