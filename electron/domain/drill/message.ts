import { readPayload } from "#domain/gateway/payload.ts";
import type { Uplink } from "#domain/site/site.ts";
import { utf8Text } from "#domain/utf8.ts";
import type { Arrival } from "./model.ts";

export type DrillMessage = Omit<Arrival, "at">;

/**
 * Reads what a drill counts by out of a gateway's message. The names of its tags are kept once however often they
 * come.
 *
 * @returns a function from payload to message; undefined for what no gateway sends
 */
export function messageReader(format: Uplink["format"]): (payload: Uint8Array) => DrillMessage | undefined {
  const known = new Map<string, readonly string[]>();
  return (payload) => {
    const text = utf8Text(payload);
    const read = text === undefined ? undefined : readPayload(text, format);
    if (!read?.ok) return undefined;
    const { node, group, timestamp, values } = read.value;
    const names = [...values.keys()];
    const joined = names.join("\n");
    const tags = known.get(joined) ?? names;
    known.set(joined, tags);
    return { key: `${node}/${group}`, timestamp, tags, mark: markOf(payload) };
  };
}

/** FNV-1a of 32 bits and the length: messages of one moment differ in more than that. */
function markOf(bytes: Uint8Array): string {
  let hash = 0x811c9dc5;
  for (const byte of bytes) hash = Math.imul(hash ^ byte, 0x01000193);
  return `${(hash >>> 0).toString(36)}.${bytes.length}`;
}
