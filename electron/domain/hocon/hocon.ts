/** A text in NanoMQ's HOCON, with where each thing stands in it: `start` and `end` are character offsets. */
export type HoconValue = HoconWord | HoconList | HoconBlock;

export interface HoconWord {
  readonly kind: "word";
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

export interface HoconList {
  readonly kind: "list";
  readonly items: readonly HoconValue[];
  readonly start: number;
  readonly end: number;
}

/** From its opening to behind its closing brace; the file itself is a block without braces. */
export interface HoconBlock {
  readonly kind: "block";
  readonly entries: readonly HoconEntry[];
  readonly start: number;
  readonly end: number;
}

export interface HoconEntry {
  /** `bridges.mqtt.cloud` is three names */
  readonly path: readonly string[];
  readonly value: HoconValue;
  /** of the key */
  readonly start: number;
  readonly end: number;
}

/** An entry with its path from the top of the file. */
export interface FoundEntry {
  readonly path: readonly string[];
  readonly entry: HoconEntry;
}

/** Every entry of a block, those inside of blocks included; not those inside of lists. */
export function allEntries(block: HoconBlock, above: readonly string[] = []): readonly FoundEntry[] {
  return block.entries.flatMap((entry) => {
    const path = [...above, ...entry.path];
    const inner = entry.value.kind === "block" ? allEntries(entry.value, path) : [];
    return [{ path, entry }, ...inner];
  });
}

/** The entries with exactly this path, in the order of the file; a later one counts. */
export function entriesAt(block: HoconBlock, path: readonly string[]): readonly HoconEntry[] {
  const wanted = path.join("\n");
  return allEntries(block)
    .filter((found) => found.path.join("\n") === wanted)
    .map((found) => found.entry);
}

/** The text of a word at this path; undefined where there is none. */
export function wordAt(block: HoconBlock, path: readonly string[]): string | undefined {
  const value = entriesAt(block, path).at(-1)?.value;
  return value?.kind === "word" ? value.text : undefined;
}
