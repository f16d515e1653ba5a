import { wireBytes } from "./badFrame.ts";
import { type Certificate, type ReadKind, type ReadStrip, readCodes } from "./certificate.ts";
import { lateMs } from "./latency.ts";
import type { LineRead } from "./lineReads.ts";

/** One read as a person looks at it. */
export interface ReadCell {
  readonly kind: ReadKind;
  readonly atMs: number;
  readonly registers: number;
  readonly bytes: number;
  /** null where nothing good came */
  readonly latencyMs: number | null;
}

const kinds = new Map<string, ReadKind>(
  Object.entries(readCodes).map(([kind, code]) => [code, kind as ReadKind]),
);

export function stripOf(reads: readonly LineRead[]): ReadStrip {
  const late = lateMs(reads.flatMap(({ outcome }) => (outcome.at === "good" ? outcome.waitMs : [])));
  return {
    codes: reads.map((read) => readCodes[kindOf(read, late)]).join(""),
    atMs: reads.map(({ atMs }) => Math.round(atMs)),
    registers: reads.map(({ registers }) => registers),
    bytes: reads.map(({ bytes }) => bytes),
  };
}

/** @param latenciesMs of the good and late reads, in order */
export function cellsOf(strip: ReadStrip, latenciesMs: readonly number[]): readonly ReadCell[] {
  let good = 0;
  return Array.from(strip.codes, (code, index) => {
    const kind = kinds.get(code) ?? "silent";
    const isGood = kind === "good" || kind === "late";
    return {
      kind,
      atMs: strip.atMs[index] ?? 0,
      registers: strip.registers[index] ?? 0,
      bytes: strip.bytes[index] ?? 0,
      latencyMs: isGood ? (latenciesMs[good++] ?? null) : null,
    };
  });
}

/**
 * How long the unit took before it answered, of every good read: the latencies without the time that request and reply
 * were on the wire, which differs by length.
 *
 * @param characterMs time of one character on the line; 0 for TCP
 */
export function waitsOf(
  { reads, latenciesMs }: Pick<Certificate, "reads" | "latenciesMs">,
  characterMs: number,
): readonly number[] {
  return cellsOf(reads, latenciesMs).flatMap(({ latencyMs, registers }) =>
    latencyMs === null ? [] : Math.max(0, latencyMs - wireBytes(registers) * characterMs),
  );
}

function kindOf({ outcome }: LineRead, late: number): ReadKind {
  if (outcome.at === "good") return outcome.waitMs > late ? "late" : "good";
  if (outcome.at !== "bad") return outcome.at;
  return outcome.frame.length === "right" ? "badCrc" : outcome.frame.length;
}
