import { constants } from "node:fs";
import { type FileHandle, open } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { Clock } from "#capabilities/clock.ts";
import type { Crypto } from "#capabilities/crypto.ts";
import type { Journal, JournalCopy, JournalEntry, Journals } from "#capabilities/journal.ts";
import { FaultError, hasFault } from "#domain/fault.ts";
import { syncFolder } from "./atomicWrite.ts";
import { errorCode, unreadable, unwritable } from "./fileFault.ts";
import { inspectJournal, type JournalContent, printLine, readJournal } from "./journalLines.ts";
import { stemOf } from "./siteNames.ts";

/**
 * Evidence in `<site>.evidence.jsonl` beside the site file: one JSON object a line,
 * `{"seq":1,"at":…,"kind":"…","body":{…},"prev":"<SHA-256 of the line before, hex>"}`.
 * Opening cuts a torn last line and records that as a line of kind `journal.cut`; a broken chain is left as it is.
 *
 * Faults: file.unreadable on opening; file.unwritable, journal.broken on appending.
 */
export function journals(clock: Pick<Clock, "now">, crypto: Pick<Crypto, "sha256">): Journals {
  return {
    async open(sitePath) {
      const path = evidencePath(sitePath);
      const file = await openFile(path);
      try {
        const content = readJournal(await file.readFile(), crypto);
        return await OpenJournal.from(path, file, content, clock, crypto);
      } catch (error) {
        await file.close();
        throw error instanceof FaultError ? error : unreadable(path, error);
      }
    },
    inspect: (bytes, line) => inspectJournal(bytes, line, crypto),
  };
}

export function evidencePath(sitePath: string): string {
  return join(dirname(sitePath), `${stemOf(sitePath)}.evidence.jsonl`);
}

async function openFile(path: string): Promise<FileHandle> {
  try {
    const file = await open(path, constants.O_RDWR | constants.O_CREAT);
    await syncFolder(dirname(path));
    return file;
  } catch (error) {
    const readOnly = ["EROFS", "EACCES", "EPERM"].includes(errorCode(error) ?? "");
    // Evidence on a write-protected stick can still be read; appending will say that it cannot be written.
    if (readOnly) return await open(path, "r").catch((cause) => Promise.reject(unreadable(path, cause)));
    throw unreadable(path, error);
  }
}

interface Waiting {
  readonly at: number;
  readonly kind: string;
  readonly body: JournalEntry["body"];
  readonly resolve: (entry: JournalEntry) => void;
  readonly reject: (error: unknown) => void;
}

class OpenJournal implements Journal {
  readonly opened: Journal["opened"];
  readonly #path: string;
  readonly #file: FileHandle;
  readonly #clock: Pick<Clock, "now">;
  readonly #crypto: Pick<Crypto, "sha256">;
  readonly #entries: JournalEntry[];
  #head: string;
  /** where the next line goes */
  #end: number;
  /** the file's size as we left it */
  #size: number;
  #waiting: Waiting[] = [];
  #writing: Promise<void> | undefined;
  #refusal: FaultError | undefined;
  #closed = false;

  private constructor(
    path: string,
    file: FileHandle,
    content: JournalContent,
    clock: Pick<Clock, "now">,
    crypto: Pick<Crypto, "sha256">,
  ) {
    this.#path = path;
    this.#file = file;
    this.#clock = clock;
    this.#crypto = crypto;
    this.#entries = [...content.entries];
    this.#head = content.head;
    this.#end = content.wholeBytes;
    this.#size = content.wholeBytes + content.torn.length;
    const { brokenAtLine } = content;
    this.opened = { cutBytes: brokenAtLine === undefined ? content.torn.length : 0, brokenAtLine };
    if (brokenAtLine !== undefined)
      this.#refusal = new FaultError({ code: "journal.broken", path, line: brokenAtLine });
  }

  static async from(
    path: string,
    file: FileHandle,
    content: JournalContent,
    clock: Pick<Clock, "now">,
    crypto: Pick<Crypto, "sha256">,
  ): Promise<OpenJournal> {
    const journal = new OpenJournal(path, file, content, clock, crypto);
    if (journal.opened.cutBytes > 0) {
      const base64 = Buffer.from(content.torn).toString("base64");
      // The new line lies over the torn bytes and is longer than they are, so no cut ever goes unrecorded.
      await journal.append("journal.cut", { bytes: content.torn.length, base64 }).catch((error: unknown) => {
        if (!hasFault(error, "file.unwritable")) throw error;
      });
    }
    return journal;
  }

  get entries(): readonly JournalEntry[] {
    return this.#entries;
  }

  head(): string {
    return this.#head;
  }

  append(kind: string, body: JournalEntry["body"]): Promise<JournalEntry> {
    if (this.#closed) return Promise.reject(new Error("append to a closed journal"));
    // A copy as the file will have it: what the caller changes later is not evidence.
    const copy = JSON.parse(JSON.stringify(body)) as JournalEntry["body"];
    return new Promise((resolve, reject) => {
      this.#waiting.push({ at: this.#clock.now(), kind, body: copy, resolve, reject });
      this.#writing ??= this.#writeAll();
    });
  }

  async copy(): Promise<JournalCopy> {
    const of = { lines: this.#entries.length, head: this.#head };
    const whole = new Uint8Array(this.#end);
    for (let at = 0; at < whole.length; ) {
      const { bytesRead } = await this.#file.read(whole, at, whole.length - at, at);
      if (bytesRead === 0) throw unreadable(this.#path, new Error("it ends too early"));
      at += bytesRead;
    }
    return { bytes: whole, ...of };
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    await this.#writing;
    await this.#file.close();
  }

  /** Lines that came while one batch was being synced share the next write and sync. */
  async #writeAll(): Promise<void> {
    // Callers of the same turn of the event loop go into the first batch.
    await Promise.resolve();
    while (this.#waiting.length > 0) {
      const batch = this.#waiting;
      this.#waiting = [];
      try {
        const entries = await this.#writeBatch(batch);
        for (const [index, waiting] of batch.entries()) waiting.resolve(entries[index] as JournalEntry);
      } catch (error) {
        for (const waiting of batch) waiting.reject(error);
      }
    }
    this.#writing = undefined;
  }

  async #writeBatch(batch: readonly Waiting[]): Promise<readonly JournalEntry[]> {
    if (this.#refusal !== undefined) throw this.#refusal;
    const entries: JournalEntry[] = [];
    const parts: Uint8Array[] = [];
    let head = this.#head;
    for (const { at, kind, body } of batch) {
      const entry: JournalEntry = { seq: this.#entries.length + entries.length + 1, at, kind, body };
      const line = printLine(entry, head);
      head = this.#crypto.sha256(line);
      entries.push(entry);
      parts.push(line, new Uint8Array([0x0a]));
    }
    const bytes = Buffer.concat(parts);
    await this.#writeDown(bytes);
    this.#entries.push(...entries);
    this.#head = head;
    this.#end += bytes.length;
    this.#size = Math.max(this.#size, this.#end);
    return entries;
  }

  async #writeDown(bytes: Buffer): Promise<void> {
    if ((await this.#file.stat()).size !== this.#size) {
      // Another program writes here too: going on would destroy its lines or the chain.
      const line = this.#entries.length + 1;
      this.#refusal = new FaultError({ code: "journal.broken", path: this.#path, line });
      throw this.#refusal;
    }
    try {
      for (let done = 0; done < bytes.length; ) {
        const { bytesWritten } = await this.#file.write(bytes, done, bytes.length - done, this.#end + done);
        done += bytesWritten;
      }
    } catch (error) {
      // What a full disk took of the line must not stand before the next one.
      await this.#file.truncate(this.#end).then(
        () => {
          this.#size = this.#end;
        },
        (cause) => {
          this.#refusal = unwritable(this.#path, cause);
        },
      );
      throw unwritable(this.#path, error);
    }
    try {
      await this.#file.datasync();
    } catch (error) {
      // After a failed sync nobody knows what is on the disk: only reading the file anew can tell.
      this.#refusal = unwritable(this.#path, error);
      throw this.#refusal;
    }
  }
}
