/** Folders that a job fills for a person. Faults: file.unwritable. */
export interface OutputFolders {
  /**
   * @param path whole, or a name beside the file `near`
   * @throws ProblemError file.exists when there is anything at the path
   */
  open(path: string, near: string): Promise<OutputFolder>;
}

/** Appears under its path whole or not at all; until it is kept, it has another name beside it. */
export interface OutputFolder {
  /** the whole path that it will have */
  readonly path: string;
  /** the whole path of a file in the folder as it is now, before it is kept */
  pathOf(name: string): string;
  /** @param name path inside the folder with `/`; folders on the way are made */
  write(name: string, content: string | Uint8Array): Promise<void>;
  /** resolves when everything is on the disk under the folder's own name */
  keep(): Promise<void>;
  /** removes what was written; does nothing after keep */
  discard(): Promise<void>;
}
