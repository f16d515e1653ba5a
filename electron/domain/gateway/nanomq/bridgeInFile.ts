import {
  allEntries,
  entriesAt,
  type HoconBlock,
  type HoconEntry,
  type HoconValue,
} from "#domain/hocon/hocon.ts";
import { readHocon } from "#domain/hocon/readHocon.ts";
import type { Problem } from "#domain/problem.ts";
import { ok, type Result, refused } from "#domain/result.ts";
import type { Bridge } from "#domain/site/site.ts";
import { bridgeLines, managedKeys } from "./printBridge.ts";

const step = "    ";

/**
 * The broker's file with the site's bridge in it. Everything else stays as it is, byte for byte, and so do the keys
 * of the bridge's own block that a site does not decide. A file that holds the bridge already is returned as it came.
 *
 * @returns `hocon.syntax` for a file that NanoMQ would not take: before the change, or with it
 */
export function withBridge(file: string, bridge: Bridge, password: string): Result<string, Problem> {
  const read = readHocon(file);
  if (!read.ok) return read;
  const path = bridgePath(bridge.name);
  const held = entriesAt(read.value, path);
  const lines = bridgeLines(bridge, password);
  const [only, ...more] = held;
  if (only && more.length === 0 && holdsLines(only, lines)) return ok(file);
  const kept = held.flatMap((entry) => keptLines(file, entry));
  const without = held.toReversed().reduce(cut, file);
  const text = appended(without, [
    `${path.join(".")} {`,
    ...[...lines, ...kept].map((one) => `${step}${one}`),
    "}",
  ]);
  return checked(text);
}

/** The broker's file without these bridges. */
export function withoutBridges(file: string, names: readonly string[]): Result<string, Problem> {
  const read = readHocon(file);
  if (!read.ok) return read;
  const held = names.flatMap((name) => entriesAt(read.value, bridgePath(name)));
  const inOrder = held.toSorted((one, other) => one.start - other.start);
  return checked(inOrder.toReversed().reduce(cut, file));
}

/** What a file says of a bridge that the broker does not show, for comparing; empty where it says nothing. */
export function hiddenInFile(file: string, name: string): Readonly<Record<string, string>> {
  const read = readHocon(file);
  const entry = read.ok ? entriesAt(read.value, bridgePath(name)).at(-1) : undefined;
  if (entry?.value.kind !== "block") return {};
  const hidden = ["max_send_queue_len", "ssl.cacertfile", "ssl.certfile", "ssl.keyfile"];
  const words = allEntries(entry.value).flatMap(({ path, entry: one }) =>
    one.value.kind === "word" ? [[path.join("."), one.value.text] as const] : [],
  );
  return Object.fromEntries(words.filter(([key]) => hidden.includes(key)));
}

function bridgePath(name: string): readonly string[] {
  return ["bridges", "mqtt", name];
}

/** NanoMQ ends over a syntax error, so what is to be sent is read once more. */
function checked(text: string): Result<string, Problem> {
  const read = readHocon(text);
  return read.ok ? ok(text) : refused(read.problem);
}

/** Takes an entry out with the line that it stood on. */
function cut(text: string, { start, end }: HoconEntry): string {
  const lineStart = text.lastIndexOf("\n", start - 1) + 1;
  const from = text.slice(lineStart, start).trim() === "" ? lineStart : start;
  const lineEnd = text.indexOf("\n", end);
  const rest = text.slice(end, lineEnd < 0 ? text.length : lineEnd).trim();
  const to = lineEnd < 0 || rest !== "" ? end : lineEnd + 1;
  return text.slice(0, from) + text.slice(to);
}

function appended(text: string, lines: readonly string[]): string {
  const body = text.replace(/\s*$/, "");
  return `${body}${body === "" ? "" : "\n\n"}${lines.join("\n")}\n`;
}

/** The block's entries that the site does not decide, as they stand. */
function keptLines(file: string, { value }: HoconEntry): readonly string[] {
  if (value.kind !== "block") return [];
  return value.entries
    .filter((entry) => !managedKeys.includes(entry.path[0] ?? ""))
    .map((entry) => file.slice(entry.start, entry.end));
}

/** Whether an entry says the same as these lines, however it is laid out. */
function holdsLines({ value }: HoconEntry, lines: readonly string[]): boolean {
  const wanted = readHocon(lines.join("\n"));
  if (!wanted.ok || value.kind !== "block") return false;
  const own = value.entries.filter((entry) => managedKeys.includes(entry.path[0] ?? ""));
  const [now, then] = [flat(own), flat(wanted.value.entries)];
  // A bridge is on unless its block says otherwise.
  if (now.get("enable") === "true") now.delete("enable");
  return now.size === then.size && [...now].every(([key, text]) => then.get(key) === text);
}

function flat(entries: HoconBlock["entries"]): Map<string, string> {
  const found = new Map<string, string>();
  const take = (key: string, value: HoconValue): void => {
    if (value.kind === "word") found.set(key, value.text);
    else if (value.kind === "list")
      for (const [index, item] of value.items.entries()) take(`${key}[${index}]`, item);
    else for (const entry of value.entries) take(`${key}.${entry.path.join(".")}`, entry.value);
  };
  for (const entry of entries) take(entry.path.join("."), entry.value);
  return found;
}
