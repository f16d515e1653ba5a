import type { PackedText, Unpacked } from "#domain/tables/zip.ts";

/** Unpacks texts of packed files (raw deflate, RFC 1951, or stored as they are; UTF-8). */
export type Unpack = (text: PackedText) => UnpackedPieces;

export interface UnpackedPieces {
  /** the next piece, 64 Ki characters at most; it is unpacked while the one before is read */
  next(): Promise<Unpacked>;
  /** lets go what nobody wants to read any more */
  close(): Promise<void>;
}
