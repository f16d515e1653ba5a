import type { FailureView } from "#contract/views.ts";
import { type Language, sayFailure, sayPhrase } from "#contract/words/say.ts";
import type { Phrase } from "#domain/phrase.ts";

/** What a verb says: results on stdout for people, progress on stderr, or one JSON document at the end. */
export interface Terminal {
  readonly language: Language;
  /** a line of the result; nothing under --json */
  line(text: string): void;
  /** rows aligned in columns; a column whose header begins with ">" is right-aligned */
  table(header: readonly string[], rows: readonly (readonly string[])[]): void;
  /** what is being done now; overwritten on a terminal, left out of logs */
  progress(text: string): void;
  failure(failure: FailureView): void;
  phrase(phrase: Phrase): string;
  /** under --json, the one document of this call; nothing for undefined */
  json(document: unknown): void;
}

export function terminal(isJson: boolean, language: Language): Terminal {
  const live = process.stderr.isTTY === true;
  let shown = false;

  function clear(): void {
    if (shown) process.stderr.write("\r\u001b[K");
    shown = false;
  }

  function line(text: string): void {
    clear();
    if (!isJson) process.stdout.write(`${text}\n`);
  }

  return {
    language,
    line,
    table(header, rows) {
      for (const row of aligned(header, rows)) line(row);
    },
    progress(text) {
      if (!live) return;
      process.stderr.write(`\r\u001b[K${text.slice(0, (process.stderr.columns ?? 80) - 1)}`);
      shown = true;
    },
    failure(failure) {
      clear();
      if (isJson) return;
      const { says, try: advice } = sayFailure(language, failure);
      process.stderr.write(`${failure.code}${placeOf(failure)}: ${says}\n  ${advice}\n`);
    },
    phrase: (phrase) => sayPhrase(language, phrase),
    json(document) {
      clear();
      if (document === undefined) return;
      const text = JSON.stringify(
        document,
        (_, value) => (typeof value === "bigint" ? value.toString() : value),
        2,
      );
      if (isJson) process.stdout.write(`${text}\n`);
    },
  };
}

export function placeOf(failure: FailureView): string {
  const { row, column, field } = failure.at ?? {};
  const parts = [row === undefined ? "" : `row ${row}`, column ?? field ?? ""].filter((part) => part !== "");
  return parts.length === 0 ? "" : ` (${parts.join(", ")})`;
}

function aligned(header: readonly string[], rows: readonly (readonly string[])[]): readonly string[] {
  const names = header.map((name) => name.replace(/^>/, ""));
  const widths = names.map((name, index) =>
    Math.max(width(name), ...rows.map((row) => width(row[index] ?? ""))),
  );
  const print = (row: readonly string[]) =>
    row
      .map((cell, index) => {
        const space = " ".repeat(Math.max(0, (widths[index] ?? 0) - width(cell)));
        return header[index]?.startsWith(">") ? space + cell : cell + space;
      })
      .join("  ")
      .trimEnd();
  return [print(names), ...rows.map(print)];
}

/** Chinese characters take two columns. */
function width(text: string): number {
  let columns = 0;
  for (const character of text) columns += (character.codePointAt(0) ?? 0) >= 0x1100 ? 2 : 1;
  return columns;
}
