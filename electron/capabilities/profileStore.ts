/** Files of device profiles: those that ship, and a person's own in their data folder. Fault: file.unreadable. */
export interface ProfileStore {
  /** shipped ones first, each in the order of their names */
  list(): Promise<readonly ProfileFile[]>;
}

export interface ProfileFile {
  /** the file's name, for the sentences */
  readonly name: string;
  readonly text: string;
  readonly shipped: boolean;
}
