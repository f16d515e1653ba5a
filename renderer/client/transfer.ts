import { fromBase64, toBase64 } from "#domain/bundle/base64.ts";
import { joined } from "#domain/joined.ts";
import type { Workbench } from "./workbench.ts";

/** What is handed in and taken out in pieces, as calls carry at most half a million characters. */
const pieceBytes = 360_000;

export interface Piece {
  readonly base64: string;
  readonly next: number;
  readonly done: boolean;
}

/** Bytes as base64 pieces whose texts, put together, are the base64 of the whole. */
export function base64Pieces(bytes: Uint8Array, size: number = pieceBytes): readonly string[] {
  // A multiple of three bytes ends without padding, so that the pieces can be joined.
  const whole = Math.max(3, size - (size % 3));
  const pieces: string[] = [];
  for (let from = 0; from < bytes.length; from += whole)
    pieces.push(toBase64(bytes.subarray(from, from + whole)));
  return pieces;
}

/** Hands a file in as base64, for a call that takes an upload. Resolves to its id; rejects with CallFailed. */
export async function handIn(workbench: Workbench, file: File): Promise<string> {
  const id = crypto.randomUUID();
  for (const text of base64Pieces(new Uint8Array(await file.arrayBuffer())))
    await workbench.call("upload.append", { id, text });
  return id;
}

/** Reads a download to its end. A piece that brings nothing before the end is an error of the other side. */
export async function readDownload(
  read: (offset: number) => Promise<Piece>,
): Promise<Uint8Array<ArrayBuffer>> {
  const parts: Uint8Array[] = [];
  let offset = 0;
  for (;;) {
    const piece = await read(offset);
    const bytes = fromBase64(piece.base64);
    if (bytes === undefined) throw new Error(`the download is no base64 at ${offset}`);
    parts.push(bytes);
    if (piece.done) return joined(parts);
    if (piece.next <= offset) throw new Error(`the download stands still at ${offset}`);
    offset = piece.next;
  }
}
