import type { JsonObject } from "../json.ts";

/** What an MQTT node keeps while its broker is away. It is memory: a restart and new settings lose it, as measured. */
export interface OfflineCache<Message> {
  readonly size: number;
  /** false where the node has no cache */
  keep(message: Message): boolean;
  /** the oldest one, to be sent now */
  take(): Message | undefined;
}

/** The oldest give way, as in the measured gateway's queue. */
export function offlineCache<Message>(params: JsonObject): OfflineCache<Message> {
  const limit = cachedMessages(params);
  const kept: Message[] = [];
  return {
    get size() {
      return kept.length;
    },
    keep(message) {
      if (limit === 0) return false;
      kept.push(message);
      if (kept.length > limit) kept.shift();
      return true;
    },
    take: () => kept.shift(),
  };
}

/** Messages that the offline cache holds: the gateway counts 2,000 bytes for each. */
function cachedMessages(params: JsonObject): number {
  if (params["offline-cache"] === false) return 0;
  const megabytes = Number(params["cache-mem-size"] ?? 0) + Number(params["cache-disk-size"] ?? 0);
  return Math.floor((megabytes * 1e6) / 2000);
}

/** One cached message at a time between live ones, so that they arrive out of order, as measured. */
export function replayEveryMs(params: JsonObject): number {
  return Number(params["cache-sync-interval"] ?? 100);
}
