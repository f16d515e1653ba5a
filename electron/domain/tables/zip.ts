/** One file of a zip: where its bytes are, and how they are packed. */
export interface ZipEntry {
  readonly name: string;
  readonly method: number;
  readonly packed: Uint8Array;
}

/** A zip that cannot be read: `damaged`, `encrypted`, or more inside than `mostUnpacked` characters of one file. */
export class ZipError extends Error {
  readonly reason: "zip" | "encrypted" | "tooLarge";

  constructor(reason: ZipError["reason"]) {
    super(reason);
    this.name = "ZipError";
    this.reason = reason;
  }
}

/** In characters; a table of 500,000 rows has half of them. */
const mostUnpacked = 512 * 1024 * 1024;
/** A sheet's XML inflates ten- to thirtyfold; what inflates far more beyond the first megabytes is no sheet. */
const mostRatio = 200;
const freeUnpacked = 16 * 1024 * 1024;
/** What one row or one text may be long, in characters. */
export const longestPart = 8 * 1024 * 1024;
const mostEntries = 10_000;

const endSignature = 0x06054b50;
const entrySignature = 0x02014b50;

/** The files of a zip by name. @see APPNOTE.TXT 4.3 @throws ZipError */
export function readZip(bytes: Uint8Array): ReadonlyMap<string, ZipEntry> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const end = endOfZip(view);
  const count = view.getUint16(end + 10, true);
  let at = view.getUint32(end + 16, true);
  if (count > mostEntries) throw new ZipError("tooLarge");
  const entries = new Map<string, ZipEntry>();
  try {
    for (let i = 0; i < count; i++) {
      if (view.getUint32(at, true) !== entrySignature) throw new ZipError("zip");
      if (view.getUint16(at + 8, true) & 1) throw new ZipError("encrypted");
      const method = view.getUint16(at + 10, true);
      const size = view.getUint32(at + 20, true);
      const nameLength = view.getUint16(at + 28, true);
      const local = view.getUint32(at + 42, true);
      const name = decode(bytes.subarray(at + 46, at + 46 + nameLength)).replace(/^\//, "");
      const start = local + 30 + view.getUint16(local + 26, true) + view.getUint16(local + 28, true);
      if (start + size > bytes.length) throw new ZipError("zip");
      entries.set(name, { name, method, packed: bytes.subarray(start, start + size) });
      at += 46 + nameLength + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
    }
  } catch (error) {
    throw error instanceof ZipError ? error : new ZipError("zip");
  }
  return entries;
}

/** A packed text that reading has come to: whoever runs the reading unpacks it. */
export interface PackedText {
  readonly bytes: Uint8Array;
  readonly isDeflated: boolean;
}

/** Some of an unpacked text, or how it ended. */
export type Unpacked =
  | { readonly at: "piece"; readonly text: string }
  | { readonly at: "end"; readonly isDamaged: boolean };

/** Sliced work that asks for packed texts: yields one for its next piece, and nothing for a mere pause. */
export type Unpacking<T> = Generator<PackedText | undefined, T, Unpacked | undefined>;

/**
 * Hands the text of one file on in pieces, so that neither time nor memory grows with it.
 *
 * @param onText called with pieces in order; false ends the reading
 * @throws ZipError when the file is damaged, or unpacks beyond what a table may
 */
export function* readText({ packed, method }: ZipEntry, onText: (text: string) => boolean): Unpacking<void> {
  if (method !== 0 && method !== 8) throw new ZipError("zip");
  const text: PackedText = { bytes: packed, isDeflated: method === 8 };
  let unpacked = 0;
  for (;;) {
    const next = yield text;
    if (next?.at !== "piece") {
      if (next?.isDamaged !== false) throw new ZipError("zip");
      return;
    }
    unpacked += next.text.length;
    const isBomb = unpacked > freeUnpacked && unpacked > packed.length * mostRatio;
    if (unpacked > mostUnpacked || isBomb) throw new ZipError("tooLarge");
    if (!onText(next.text)) return;
  }
}

/** The record at the end stands before a comment of at most 64 KiB. */
function endOfZip(view: DataView): number {
  for (let at = view.byteLength - 22; at >= Math.max(0, view.byteLength - 22 - 65_535); at--) {
    if (view.getUint32(at, true) === endSignature) return at;
  }
  throw new ZipError("zip");
}

function decode(bytes: Uint8Array): string {
  return String.fromCharCode(...bytes);
}
