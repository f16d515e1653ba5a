import { type FileHandle, open, readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import type { QueuedMessage } from "#capabilities/sampleQueue.ts";
import { nextMark, readRecord } from "./record.ts";

/** A file of messages that follow each other; only the newest one of a queue grows. */
export interface Segment {
  readonly path: string;
  /** its first message's number, which its name holds */
  readonly first: number;
  /** of whole messages that are on the disk */
  bytes: number;
}

const ending = ".messages";
const chunkBytes = 256 * 1024;

export function segmentPath(folder: string, first: number): string {
  return join(folder, `${String(first).padStart(16, "0")}${ending}`);
}

/** All segments of a folder, in order. */
export async function listSegments(folder: string): Promise<Segment[]> {
  const names = (await readdir(folder)).filter((name) => /^\d{16}\.messages$/.test(name)).sort();
  return Promise.all(
    names.map(async (name) => {
      const path = join(folder, name);
      return { path, first: Number(name.slice(0, -ending.length)), bytes: (await stat(path)).size };
    }),
  );
}

export interface Found {
  readonly messages: readonly QueuedMessage[];
  /** where to read on; `to` when nothing is left */
  readonly next: number;
  /** where the last whole message ends; undefined where there was none */
  readonly wholeTo: number | undefined;
}

/** Reads messages from `from` on, over what is damaged: as many as one piece of the file holds. */
export async function readSegment(file: FileHandle, from: number, to: number): Promise<Found> {
  let buffer = await readPiece(file, from, Math.min(to - from, chunkBytes));
  // Somebody cut the file from outside.
  if (buffer.length === 0) return { messages: [], next: to, wholeTo: undefined };
  const messages: QueuedMessage[] = [];
  let wholeTo: number | undefined;
  let at = 0;
  while (at < buffer.length) {
    const read = readRecord(buffer, at);
    const isAll = from + buffer.length >= to;
    if (typeof read === "object") {
      messages.push(read.message);
      at = read.end;
      wholeTo = from + at;
    } else if (read === "bad" || isAll) {
      at = nextMark(buffer, at);
    } else if (at > 0) {
      break;
    } else {
      // One message that is longer than a piece.
      const more = await readPiece(file, from, Math.min(to - from, buffer.length * 4));
      if (more.length === buffer.length) return { messages, next: to, wholeTo };
      buffer = more;
    }
  }
  return { messages, next: from + at, wholeTo };
}

/** What a program that went away left in its last segment: where whole messages end, and the last one's number. */
export async function readTail(
  segment: Segment,
): Promise<{ readonly wholeTo: number; readonly last: number | undefined }> {
  const file = await open(segment.path, "r");
  try {
    let [at, wholeTo] = [0, 0];
    let last: number | undefined;
    while (at < segment.bytes) {
      const found = await readSegment(file, at, segment.bytes);
      last = found.messages.at(-1)?.number ?? last;
      wholeTo = found.wholeTo ?? wholeTo;
      at = found.next;
    }
    return { wholeTo, last };
  } finally {
    await file.close();
  }
}

async function readPiece(file: FileHandle, from: number, bytes: number): Promise<Buffer> {
  const buffer = Buffer.allocUnsafe(Math.max(0, bytes));
  let done = 0;
  while (done < buffer.length) {
    const { bytesRead } = await file.read(buffer, done, buffer.length - done, from + done);
    if (bytesRead === 0) break;
    done += bytesRead;
  }
  return buffer.subarray(0, done);
}
