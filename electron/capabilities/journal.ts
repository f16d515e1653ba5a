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
  close(): Promise<void>;
}

export interface Journals {
  /** the evidence file that belongs to a site file */
  open(sitePath: string): Promise<Journal>;
}
