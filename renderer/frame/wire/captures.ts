import type { WireView } from "#contract/views.ts";
import { type CapturedFrame, printPcap } from "#domain/modbus/pcap.ts";
import type { Line } from "#domain/site/site.ts";

/** A file to keep: the frames of one medium. */
export interface Capture {
  readonly name: string;
  readonly medium: CapturedFrame["medium"];
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly frames: number;
}

/**
 * The Modbus frames of the rows as pcap files: one for serial lines, one for TCP, since a file holds one link type.
 *
 * @param lines of the site: a row names its line, and the line knows its medium
 * @param site name for the files
 * @returns none when no row is a Modbus frame
 */
export function capturesOf(
  rows: readonly WireView[],
  lines: readonly Line[],
  site: string,
): readonly Capture[] {
  const kinds = new Map(lines.map((line) => [line.name, line.kind]));
  const frames = rows
    .filter((row) => row.medium === "modbus")
    .map((row): CapturedFrame => {
      const bytes = bytesOf(row.bytes);
      const medium = mediumOf(kinds.get(row.line), bytes);
      return { at: row.at, bytes, medium, direction: row.direction, line: row.line };
    });
  return (["rtu", "tcp"] as const)
    .map((medium) => ({ medium, frames: frames.filter((frame) => frame.medium === medium) }))
    .filter((capture) => capture.frames.length > 0)
    .map((capture) => ({
      name: `${fileName(site)}-${capture.medium}.pcap`,
      medium: capture.medium,
      bytes: new Uint8Array(printPcap(capture.frames)),
      frames: capture.frames.length,
    }));
}

/** A line that has left the site since is told by its frames: the head of TCP counts the bytes that follow it. */
function mediumOf(kind: Line["kind"] | undefined, bytes: Uint8Array): CapturedFrame["medium"] {
  if (kind !== undefined) return kind === "tcp" ? "tcp" : "rtu";
  const isTcp = bytes.length > 7 && bytes[2] === 0 && bytes[3] === 0 && bytes[5] === bytes.length - 6;
  return isTcp ? "tcp" : "rtu";
}

function bytesOf(hex: string): Uint8Array {
  return Uint8Array.from(
    hex.split(" ").filter((text) => text !== ""),
    (text) => Number.parseInt(text, 16),
  );
}

/** Letters and figures of any script stay; what a file system may refuse becomes a dash. */
function fileName(site: string): string {
  return (
    site
      .replace(/[^\p{L}\p{N}]+/gu, "-")
      .replace(/^-|-$/g, "")
      .toLowerCase() || "site"
  );
}
