import { constants } from "node:fs";
import { type FileHandle, open } from "node:fs/promises";
import { crc32 } from "node:zlib";
import type { QueueDrops } from "#capabilities/sampleQueue.ts";
import { unwritable } from "../files/fileFault.ts";

/** What is done with: acknowledged or given up. */
export interface Cursor {
  /** from a number up to, not including, another; rising */
  readonly done: readonly (readonly [start: number, end: number])[];
  readonly dropped: QueueDrops;
}

/**
 * Two places of 4 KB, written in turn, so that a torn write leaves the one before. Each holds, little endian: CRC-32
 * of what follows, count of ranges (4 bytes), then doubles: serial number, the three kinds of drops, and the ranges.
 */
const placeBytes = 4096;
const headBytes = 40;
const mostRanges = (placeBytes - headBytes) / 16;

const nothing: Cursor = { done: [], dropped: { full: 0, old: 0, damaged: 0 } };

export class CursorFile {
  /** undefined: there was none that could be read */
  readonly found: Cursor | undefined;
  /** there is a file, and neither place of it is whole */
  readonly isLost: boolean;
  readonly #path: string;
  readonly #file: FileHandle;
  readonly #buffer = Buffer.alloc(placeBytes);
  #serial: number;

  private constructor(path: string, file: FileHandle, content: Buffer) {
    this.#path = path;
    this.#file = file;
    const places = [readPlace(content.subarray(0, placeBytes)), readPlace(content.subarray(placeBytes))];
    const newest = places
      .filter((place) => place !== undefined)
      .sort((a, b) => b.serial - a.serial)
      .at(0);
    this.found = newest?.cursor;
    this.isLost = newest === undefined && content.length > 0;
    this.#serial = newest?.serial ?? 0;
  }

  static async open(path: string): Promise<CursorFile> {
    const file = await open(path, constants.O_RDWR | constants.O_CREAT);
    try {
      const cursor = new CursorFile(path, file, await file.readFile());
      // Both places are there from the beginning, so that a full disk takes no acknowledgement away.
      for (let made = cursor.#serial; made < 2; made++) await cursor.write(cursor.found ?? nothing);
      return cursor;
    } catch (error) {
      await file.close();
      throw error;
    }
  }

  /** After this a killed program loses nothing of it; after `sync` a power cut neither. Throws file.unwritable. */
  async write({ done, dropped }: Cursor): Promise<void> {
    const serial = this.#serial + 1;
    // What does not fit is sent again after a restart, and nothing is lost.
    const kept = done.slice(0, mostRanges);
    const buffer = this.#buffer.fill(0);
    buffer.writeUInt32LE(kept.length, 4);
    for (const [index, number] of [serial, dropped.full, dropped.old, dropped.damaged].entries())
      buffer.writeDoubleLE(number, 8 + 8 * index);
    for (const [index, [start, end]] of kept.entries()) {
      buffer.writeDoubleLE(start, headBytes + 16 * index);
      buffer.writeDoubleLE(end, headBytes + 16 * index + 8);
    }
    buffer.writeUInt32LE(crc32(buffer.subarray(4)), 0);
    try {
      await this.#file.write(buffer, 0, placeBytes, (serial % 2) * placeBytes);
      this.#serial = serial;
    } catch (error) {
      throw unwritable(this.#path, error);
    }
  }

  async sync(): Promise<void> {
    await this.#file.datasync().catch((error) => Promise.reject(unwritable(this.#path, error)));
  }

  close(): Promise<void> {
    return this.#file.close();
  }
}

function readPlace(bytes: Buffer): { readonly serial: number; readonly cursor: Cursor } | undefined {
  if (bytes.length < placeBytes) return undefined;
  const place = bytes.subarray(0, placeBytes);
  const count = place.readUInt32LE(4);
  if (count > mostRanges || crc32(place.subarray(4)) !== place.readUInt32LE(0)) return undefined;
  const double = (index: number) => place.readDoubleLE(8 + 8 * index);
  const done = Array.from({ length: count }, (_, index) => [double(4 + 2 * index), double(5 + 2 * index)]);
  const dropped = { full: double(1), old: double(2), damaged: double(3) };
  return { serial: double(0), cursor: { done: done as [number, number][], dropped } };
}
