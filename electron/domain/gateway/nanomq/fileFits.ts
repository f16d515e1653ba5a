import { allEntries, wordAt } from "#domain/hocon/hocon.ts";
import { readHocon } from "#domain/hocon/readHocon.ts";
import type { Problem } from "#domain/problem.ts";
import { ok, type Result, refused } from "#domain/result.ts";
import type { RunningBridge } from "./bridgeSchema.ts";

/**
 * Whether a file that somebody hands in can be the one that the broker runs with: the same bridges, to the same
 * servers. Another broker's file would be written over this one's otherwise.
 *
 * @returns `hocon.syntax`, and `nanomq.fileOther` with the bridge that does not fit
 */
export function fileFits(file: string, running: readonly RunningBridge[]): Result<undefined, Problem> {
  const read = readHocon(file);
  if (!read.ok) return read;
  const held = new Map<string, string>();
  for (const { path, entry } of allEntries(read.value)) {
    const [one, two, name, more] = path;
    if (one !== "bridges" || two !== "mqtt" || name === undefined || more !== undefined) continue;
    if (name === "cache" || entry.value.kind !== "block") continue;
    held.set(name, wordAt(entry.value, ["server"]) ?? "");
  }
  for (const { name, server } of running) {
    if (held.get(name) !== server) return refused({ code: "nanomq.fileOther", name });
    held.delete(name);
  }
  const [stray] = held.keys();
  return stray === undefined ? ok(undefined) : refused({ code: "nanomq.fileOther", name: stray });
}
