import { z } from "zod";
import type { Crypto } from "#capabilities/crypto.ts";
import type { InspectedJournal, JournalEntry } from "#capabilities/journal.ts";

/** What the first line names as its predecessor's hash, and the head of an empty journal. */
export const noLine = "0".repeat(64);

const lineFeed = 0x0a;

const lineSchema = z.object({
  seq: z.int().min(1),
  at: z.number(),
  kind: z.string(),
  body: z.record(z.string(), z.unknown()),
  prev: z.string(),
});

/** One line without its line feed; these bytes are what the next line's `prev` is the SHA-256 of. */
export function printLine(entry: JournalEntry, prev: string): Uint8Array {
  const { seq, at, kind, body } = entry;
  return new TextEncoder().encode(JSON.stringify({ seq, at, kind, body, prev }));
}

export interface JournalContent {
  readonly entries: readonly JournalEntry[];
  readonly head: string;
  /** bytes of whole lines, line feeds included: where the next line goes */
  readonly wholeBytes: number;
  /** what follows the last line feed: a line that a crash cut short */
  readonly torn: Uint8Array;
  /** 1-based number of the first line that does not follow from the one before */
  readonly brokenAtLine: number | undefined;
}

/** Reads a journal up to the first line that is not JSON of the right shape, out of order, or wrongly chained. */
export function readJournal(bytes: Uint8Array, crypto: Pick<Crypto, "sha256">): JournalContent {
  const wholeBytes = bytes.lastIndexOf(lineFeed) + 1;
  const torn = bytes.subarray(wholeBytes);
  const entries: JournalEntry[] = [];
  let head = noLine;
  for (let start = 0; start < wholeBytes; ) {
    const end = bytes.indexOf(lineFeed, start);
    const line = bytes.subarray(start, end);
    const parsed = parseLine(line);
    if (parsed === undefined || parsed.seq !== entries.length + 1 || parsed.prev !== head)
      return { entries, head, wholeBytes, torn, brokenAtLine: entries.length + 1 };
    const { prev: _, ...entry } = parsed;
    entries.push(entry);
    head = crypto.sha256(line);
    start = end + 1;
  }
  return { entries, head, wholeBytes, torn, brokenAtLine: undefined };
}

/** Follows the chain of a copy to its end, and says what the line asked for was. */
export function inspectJournal(
  bytes: Uint8Array,
  line: number,
  crypto: Pick<Crypto, "sha256">,
): InspectedJournal {
  const whole = readJournal(bytes, crypto);
  let end = 0;
  for (let left = line; left > 0 && end < whole.wholeBytes; left -= 1) end = bytes.indexOf(lineFeed, end) + 1;
  const upTo = readJournal(bytes.subarray(0, end), crypto);
  return {
    lines: whole.entries.length,
    tornBytes: whole.torn.length,
    brokenAtLine: whole.brokenAtLine,
    headThere: upTo.entries.length === line ? upTo.head : undefined,
  };
}

function parseLine(line: Uint8Array): z.infer<typeof lineSchema> | undefined {
  try {
    return lineSchema.parse(JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(line)));
  } catch {
    return undefined;
  }
}
