/** One line of evidence. `body` is a JSON object; the chain's hash is the store's business. */
export interface JournalEntry {
  readonly seq: number;
  readonly at: number;
  readonly kind: string;
  readonly body: Readonly<Record<string, unknown>>;
}

export interface Journal {
  /** resolves when the line is on the disk (fsync) */
  append(kind: string, body: Readonly<Record<string, unknown>>): Promise<JournalEntry>;
  readonly entries: readonly JournalEntry[];
  /** what opening found: a torn last line that was cut, or a broken chain (then read-only) */
  readonly opened: { readonly cutBytes: number; readonly brokenAtLine: number | undefined };
  /** SHA-256 of the last line, hex: what evidence to date boils down to */
  head(): string;
  /** the file's whole lines as they stand, how many they are, and the last one's hash */
  copy(): Promise<JournalCopy>;
  close(): Promise<void>;
}

export interface JournalCopy {
  readonly bytes: Uint8Array;
  readonly lines: number;
  readonly head: string;
}

/** What a copy of a journal is, held against a report that rests on it. */
export interface InspectedJournal {
  /** whole lines, and bytes after the last line feed */
  readonly lines: number;
  readonly tornBytes: number;
  /** the first line that does not follow from the one before */
  readonly brokenAtLine: number | undefined;
  /** SHA-256 of the line asked for; undefined where there is no such line, or the chain breaks before it */
  readonly headThere: string | undefined;
}

export interface Journals {
  /** the evidence file that belongs to a site file */
  open(sitePath: string): Promise<Journal>;
  /** @param line 1-based number of the line whose hash is asked for */
  inspect(bytes: Uint8Array, line: number): InspectedJournal;
}
