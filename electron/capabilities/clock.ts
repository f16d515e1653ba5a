/** The only source of time and waiting for services. Milliseconds since 1970, and a monotonic reading. */
export interface Clock {
  now(): number;
  /** milliseconds that never jump; for measuring */
  monotonic(): number;
  /** resolves after `ms`; rejects with the signal's reason when cancelled */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
  /** calls back once after `ms`; the returned function cancels */
  after(ms: number, call: () => void): () => void;
}
