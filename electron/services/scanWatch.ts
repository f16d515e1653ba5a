import type { Frame } from "#capabilities/line.ts";
import type { Line } from "#domain/site/site.ts";
import type { LineTraffic } from "./lineTraffic.ts";

export interface ScanWatch {
  /** bytes came that make no frame: one fitting answer is not proof enough */
  readonly isNoisy: boolean;
  /** this unit's answer was taken: a second one to the same question is another unit's */
  found(unit: number): void;
  /** since the last time: did an answer come after its time-out, and which units answered twice? */
  take(): { readonly late: boolean; readonly twice: readonly number[] };
  end(): void;
}

/** Sees what passes on a line during a scan beside the answers that are waited for. */
export function watchScan(traffic: LineTraffic, kind: Line["kind"]): ScanWatch {
  const found = new Set<number>();
  let noisy = false;
  let late = false;
  let twice: number[] = [];
  const forget = traffic.onFrame((frame) => {
    if (frame.verdict === "badCrc" || frame.verdict === "short") noisy = true;
    if (frame.direction !== "received" || frame.verdict !== "unexpected") return;
    const { unit, pdu } = partsOf(frame, kind);
    if (!found.has(unit)) late = true;
    else if (kind === "serial" && isProbeAnswer(pdu)) twice.push(unit);
  });
  return {
    get isNoisy() {
      return noisy;
    },
    found: (unit) => void found.add(unit),
    take() {
      const seen = { late, twice };
      late = false;
      twice = [];
      return seen;
    },
    end: forget,
  };
}

function partsOf({ bytes }: Frame, kind: Line["kind"]): { readonly unit: number; readonly pdu: Uint8Array } {
  return kind === "tcp"
    ? { unit: bytes[6] ?? 0, pdu: bytes.subarray(7) }
    : { unit: bytes[0] ?? 0, pdu: bytes.subarray(1, -2) };
}

/** One register, as the scan asks for it. */
function isProbeAnswer(pdu: Uint8Array): boolean {
  return pdu[0] === 3 && pdu[1] === 2;
}
