import type { Problem } from "../problem.ts";
import { ok, type Result, refused } from "../result.ts";
import type { Line } from "../site/site.ts";
import { readThing, thingKind } from "./modelFile.ts";
import { type ReadDescription, readDescription } from "./readDescription.ts";

/** A thing model or a Thing Description, told apart by what is in it. */
export function readThingFile(
  text: string,
  lines: readonly Line[],
  defaultLine: string,
): Result<ReadDescription, readonly Problem[]> {
  let json: unknown;
  try {
    json = JSON.parse(text.startsWith("\uFEFF") ? text.slice(1) : text);
  } catch (error) {
    return refused([{ code: "thing.malformed", reason: (error as SyntaxError).message }]);
  }
  if (typeof json !== "object" || json === null || (json as { kind?: unknown }).kind !== thingKind)
    return readDescription(json, lines, defaultLine);
  const read = readThing(json);
  return read.ok ? ok({ model: read.value, problems: [] }) : read;
}
