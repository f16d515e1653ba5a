/**
 * Small choices that a person made and need not make again, such as a table's columns. A comfort: losing them is no
 * error. Values are JSON.
 */
export interface Choices {
  get(name: string): Promise<unknown>;
  set(name: string, value: unknown): Promise<void>;
}
