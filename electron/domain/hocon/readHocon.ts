import type { Problem } from "#domain/problem.ts";
import { ok, type Result, refused } from "#domain/result.ts";
import type { HoconBlock, HoconEntry, HoconList, HoconValue, HoconWord } from "./hocon.ts";

/** What NanoMQ's parser stumbles over, as a word. */
export type HoconFault =
  | "endsEarly"
  | "noKey"
  | "noValue"
  | "oneLine"
  | "quoteOpen"
  | "badEscape"
  | "stray"
  | "substitution"
  | "tooDeep";

/** Deeper nesting is no configuration and would overflow the stack. */
const deepest = 50;
/** The reader's own: it is looked at before it is sent, so it must not stand still over a wrong file. */
const longest = 1_048_576;

/**
 * Reads what NanoMQ takes of HOCON: one key a line, blocks in braces, lists, comments. It is stricter than HOCON:
 * pairs beside each other on one line, and blocks inside of a list on one line, end that broker (measured on 0.25.5),
 * so they are refused here. Substitutions are not read.
 *
 * @returns `hocon.syntax` with line and column, both from 1, for anything else; `input.invalid` beyond 1 MB
 */
export function readHocon(text: string): Result<HoconBlock, Problem> {
  if (text.length > longest)
    return refused({ code: "input.invalid", reason: `larger than ${longest} characters` });
  let at = 0;

  function fail(reason: HoconFault, where = at): never {
    throw new Unreadable(reason, where);
  }

  /** spaces within a line */
  function space(): void {
    while (text[at] === " " || text[at] === "\t" || text[at] === "\r") at += 1;
  }

  /** @returns whether the line ended, with or without a comment */
  function lineEnd(): boolean {
    space();
    if (text[at] === "#" || text.startsWith("//", at)) while (at < text.length && text[at] !== "\n") at += 1;
    if (at >= text.length) return true;
    if (text[at] !== "\n") return false;
    at += 1;
    return true;
  }

  function blankLines(): void {
    while (at < text.length && lineEnd()) if (at >= text.length) return;
  }

  function word(stops: RegExp): HoconWord {
    const start = at;
    if (text[at] === '"') return quoted();
    stops.lastIndex = at;
    at += stops.exec(text)?.[0].length ?? 0;
    while (at > start && /\s/.test(text[at - 1] ?? "")) at -= 1;
    const bare = text.slice(start, at);
    if (bare.endsWith("$") && text[at] === "{") fail("substitution", start);
    return { kind: "word", text: bare, start, end: at };
  }

  function quoted(): HoconWord {
    const start = at;
    const match = /"(?:[^"\\\n]|\\.)*"/y;
    match.lastIndex = at;
    const token = match.exec(text)?.[0];
    if (token === undefined) fail("quoteOpen", start);
    at += token.length;
    return { kind: "word", text: unquoted(token, start), start, end: at };
  }

  function unquoted(token: string, start: number): string {
    try {
      return token.includes("\\") ? (JSON.parse(token) as string) : token.slice(1, -1);
    } catch {
      return fail("badEscape", start);
    }
  }

  function entry(depth: number): HoconEntry {
    const start = at;
    const key = word(/[\w.$-]*/y);
    if (key.text === "") fail("noKey", start);
    space();
    if (key.text === "include" && text[at] === '"') {
      const value = quoted();
      return { path: ["include"], value, start, end: at };
    }
    const sign = text[at];
    if (sign === "=" || sign === ":") {
      at += 1;
      space();
    } else if (sign !== "{") fail("noValue");
    const path = text[start] === '"' ? [key.text] : key.text.split(".");
    if (path.some((name) => name === "")) fail("noKey", start);
    const held = value(depth);
    return { path, value: held, start, end: at };
  }

  function value(depth: number): HoconValue {
    if (depth > deepest) fail("tooDeep");
    if (text[at] === "{") return block(depth);
    if (text[at] === "[") return list(depth);
    const held = word(/[^\n#,{}[\]="]*/y);
    if (held.text === "" && text[held.start] !== '"') fail(at < text.length ? "noValue" : "endsEarly");
    return held;
  }

  function block(depth: number): HoconBlock {
    const start = at;
    at += 1;
    space();
    if (text[at] === "}") return closed(start, []);
    // What the broker's own file has: a block that holds another file.
    if (/include\s/y.test(text.slice(at, at + 8))) {
      const included = entry(depth + 1);
      space();
      if (text[at] === "}") return closed(start, [included]);
      if (!lineEnd()) fail("stray");
      return closed(start, [included, ...entries(depth + 1)]);
    }
    if (!lineEnd()) fail("oneLine");
    return closed(start, entries(depth + 1));
  }

  function closed(start: number, held: readonly HoconEntry[]): HoconBlock {
    if (text[at] !== "}") fail("endsEarly");
    at += 1;
    return { kind: "block", entries: held, start, end: at };
  }

  /** up to the closing brace or the end of the text; each entry ends its line */
  function entries(depth: number): readonly HoconEntry[] {
    const held: HoconEntry[] = [];
    for (;;) {
      blankLines();
      space();
      if (at >= text.length || text[at] === "}") return held;
      held.push(entry(depth));
      const after = at;
      if (!lineEnd()) fail(text[at] === "," ? "oneLine" : "stray", text[at] === "," ? at : after);
    }
  }

  function list(depth: number): HoconList {
    const start = at;
    const items: HoconValue[] = [];
    at += 1;
    let fresh = lineEnd();
    for (;;) {
      if (fresh) blankLines();
      space();
      if (at >= text.length) fail("endsEarly", start);
      if (text[at] === "]") break;
      if (text[at] === "{" && !fresh) fail("oneLine");
      items.push(value(depth + 1));
      space();
      const comma = text[at] === ",";
      if (comma) at += 1;
      fresh = lineEnd();
      space();
      if (!comma && !fresh && text[at] !== "]") fail(at < text.length ? "stray" : "endsEarly");
    }
    at += 1;
    return { kind: "list", items, start, end: at };
  }

  try {
    if (text.startsWith("\uFEFF")) at = 1;
    const held = entries(0);
    if (at < text.length) fail("stray");
    return ok({ kind: "block", entries: held, start: 0, end: text.length });
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error;
    return refused(placed(text, error));
  }
}

function placed(text: string, { reason, at }: Unreadable): Problem {
  const before = text.slice(0, at);
  const line = before.split("\n").length;
  const column = at - before.lastIndexOf("\n");
  return { code: "hocon.syntax", reason, line, column, at: { row: line, column: String(column) } };
}

/** Unwinds the reader; never leaves this file. */
class Unreadable extends Error {
  readonly reason: HoconFault;
  readonly at: number;

  constructor(reason: HoconFault, at: number) {
    super(reason);
    this.reason = reason;
    this.at = at;
  }
}
