import { type FileHandle, open, rm } from "node:fs/promises";
import { dirname } from "node:path";
import { syncFolder } from "../files/atomicWrite.ts";
import { unwritable } from "../files/fileFault.ts";
import { type Segment, segmentPath } from "./segment.ts";

/** Writes at the end of a queue's last segment, and begins the next one. What is found in it is never written over. */
export class SegmentWriter {
  readonly #folder: string;
  readonly #segments: Segment[];
  #open: { readonly segment: Segment; readonly file: FileHandle } | undefined;

  constructor(folder: string, segments: Segment[]) {
    this.#folder = folder;
    this.#segments = segments;
  }

  isOpen(segment: Segment): boolean {
    return this.#open?.segment === segment;
  }

  /**
   * Resolves when the bytes are on the disk: behind the end of the open segment, or in a new one from `first` on where
   * that is full. The caller moves the end of the segment that it gets.
   *
   * @throws FaultError file.unwritable; they are then not in the queue
   */
  async write(bytes: Buffer, first: number, segmentBytes: number): Promise<Segment> {
    if (this.#open && this.#open.segment.bytes > 0 && this.#open.segment.bytes + bytes.length > segmentBytes)
      await this.close();
    this.#open ??= await this.#begin(first);
    const { segment, file } = this.#open;
    try {
      for (let done = 0; done < bytes.length; ) {
        const { bytesWritten } = await file.write(bytes, done, bytes.length - done, segment.bytes + done);
        done += bytesWritten;
      }
      await file.datasync();
    } catch (error) {
      await this.#giveUp(segment, file);
      throw unwritable(segment.path, error);
    }
    return segment;
  }

  async remove(segment: Segment): Promise<void> {
    if (this.isOpen(segment)) await this.close();
    this.#segments.splice(this.#segments.indexOf(segment), 1);
    await rm(segment.path, { force: true }).catch((error) => Promise.reject(unwritable(segment.path, error)));
  }

  async close(): Promise<void> {
    const { file } = this.#open ?? {};
    this.#open = undefined;
    await file?.close();
  }

  async #begin(first: number) {
    const path = segmentPath(this.#folder, first);
    try {
      const file = await open(path, "w+");
      await syncFolder(dirname(path)).catch(async (error) => {
        await file.close();
        throw error;
      });
      const segment: Segment = { path, first, bytes: 0 };
      this.#segments.push(segment);
      return { segment, file };
    } catch (error) {
      throw unwritable(path, error);
    }
  }

  /** After a failed write or sync nobody knows what is behind the end: the next message begins a segment of its own. */
  async #giveUp(segment: Segment, file: FileHandle): Promise<void> {
    this.#open = undefined;
    await file.truncate(segment.bytes).catch(() => undefined);
    await file.close().catch(() => undefined);
    if (segment.bytes === 0) await this.remove(segment).catch(() => undefined);
  }
}
