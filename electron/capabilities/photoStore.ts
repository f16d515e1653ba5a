/** Photos of a site, beside its file and named by their hash. Faults: file.unreadable, file.unwritable. */
export interface PhotoStore {
  /** resolves when the photo is on the disk; keeping one twice changes nothing */
  keep(sitePath: string, name: string, bytes: Uint8Array): Promise<void>;
  /** undefined: no such photo */
  read(sitePath: string, name: string): Promise<Uint8Array | undefined>;
}
