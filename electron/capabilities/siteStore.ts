/** Files of sites. Faults: file.unreadable, file.unwritable, file.locked. */
export interface SiteStore {
  /** known site files, newest first */
  list(): Promise<readonly SiteFile[]>;
  /** text and its SHA-256, or undefined where no such file is */
  read(path: string): Promise<{ readonly text: string; readonly hash: string } | undefined>;
  /**
   * Writes to a temporary file, fsyncs, renames, fsyncs the folder, keeps the previous beside it.
   * @param expectedHash hash the file must still have, or undefined for a new file
   * @returns the new hash, or undefined when somebody else changed the file: nothing was written
   */
  write(path: string, text: string, expectedHash: string | undefined): Promise<string | undefined>;
  /** full path for a new site of that name in the user's site folder; never an existing file */
  newPath(name: string): Promise<string>;
  /** takes the file for this process until released; file.locked when another process has it */
  lock(path: string): Promise<() => Promise<void>>;
}

export interface SiteFile {
  readonly path: string;
  readonly name: string;
  readonly changedAt: number;
}
