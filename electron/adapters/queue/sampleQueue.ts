import { mkdir, open, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { QueueBounds, QueueOpened, SampleQueues } from "#capabilities/sampleQueue.ts";
import { FaultError } from "#domain/fault.ts";
import { syncFolder } from "../files/atomicWrite.ts";
import { unreadable, unwritable } from "../files/fileFault.ts";
import { takeLock } from "../files/fileLock.ts";
import { stemOf } from "../files/siteNames.ts";
import { CursorFile } from "./cursorFile.ts";
import { NumberRanges } from "./numberRanges.ts";
import { OpenQueue } from "./openQueue.ts";
import { listSegments, readTail, type Segment } from "./segment.ts";

/**
 * Queues in `<site>.queue` beside the site file: segments of messages, `cursor` for what is done with, `queue.lock`
 * while a program has it. Opening reads the last segment alone, so it takes no longer when much is queued.
 */
export const sampleQueues: SampleQueues = {
  async open(sitePath, bounds) {
    const folder = queueFolder(sitePath);
    await mkdir(folder, { recursive: true }).catch((error) => Promise.reject(unwritable(folder, error)));
    const release = await takeLock(join(folder, "queue"));
    try {
      return await openQueue(folder, bounds, release);
    } catch (error) {
      await release();
      throw error instanceof FaultError ? error : unreadable(folder, error);
    }
  },
};

export function queueFolder(sitePath: string): string {
  return join(dirname(sitePath), `${stemOf(sitePath)}.queue`);
}

async function openQueue(folder: string, bounds: QueueBounds, release: () => Promise<void>) {
  const cursor = await CursorFile.open(join(folder, "cursor"));
  try {
    const segments = await listSegments(folder);
    const { cutBytes, next } = await cutTail(segments);
    await syncFolder(folder);
    const done = new NumberRanges();
    for (const [start, end] of cursor.found?.done ?? []) done.add(start, end);
    const first = segments[0]?.first ?? next;
    // What was acknowledged and deleted lies before what is here.
    done.add(1, first);
    const opened: QueueOpened = { cutBytes, cursorLost: cursor.isLost };
    const last = done.ranges.at(-1)?.[1] ?? 1;
    const dropped = { ...(cursor.found?.dropped ?? { full: 0, old: 0, damaged: 0 }) };
    const state = { segments, done, dropped, next: Math.max(next, last) };
    return new OpenQueue(folder, bounds, cursor, state, opened, release);
  } catch (error) {
    await cursor.close();
    throw error;
  }
}

/** Cuts what follows the last whole message; `next` is the number after it. */
async function cutTail(segments: Segment[]): Promise<{ readonly cutBytes: number; readonly next: number }> {
  const segment = segments.at(-1);
  if (segment === undefined) return { cutBytes: 0, next: 1 };
  const { wholeTo, last } = await readTail(segment);
  const cutBytes = segment.bytes - wholeTo;
  if (cutBytes > 0) {
    const file = await open(segment.path, "r+");
    try {
      await file.truncate(wholeTo);
      await file.sync();
    } finally {
      await file.close();
    }
    segment.bytes = wholeTo;
  }
  if (wholeTo === 0) {
    await rm(segment.path);
    segments.pop();
  }
  return { cutBytes, next: last === undefined ? segment.first : last + 1 };
}
