/** One register as a person compares it with a manual. */
export interface RegisterRow {
  readonly offset: number;
  /** number from 1 with its area's digit, as manuals print it: `400001` */
  readonly printed: string;
  readonly hex: string;
  readonly unsigned: number;
  /** as two's complement, where that differs */
  readonly signed: number | null;
  /** it had another value in the read before */
  readonly changed: boolean;
}

/** @param before the words of the last read; undefined or of another length: nothing has changed */
export function registerRows(
  area: "holding" | "input",
  from: number,
  words: readonly number[],
  before: readonly number[] | undefined,
): readonly RegisterRow[] {
  const isComparable = before?.length === words.length;
  return words.map((word, index) => ({
    offset: from + index,
    printed: `${area === "holding" ? "4" : "3"}${String(from + index + 1).padStart(5, "0")}`,
    hex: word.toString(16).toUpperCase().padStart(4, "0"),
    unsigned: word,
    signed: word >= 0x8000 ? word - 0x1_0000 : null,
    changed: isComparable && before[index] !== word,
  }));
}
