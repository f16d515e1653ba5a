/** Templates of acceptance tests: those that ship, and a person's own in their data folder. Fault: file.unreadable. */
export interface ChecklistStore {
  /** shipped ones first, each in the order of their names */
  list(): Promise<readonly { readonly name: string; readonly text: string }[]>;
}
