import type { Problem } from "#domain/problem.ts";
import { ok, type Result, refused } from "#domain/result.ts";

/** JSON in which whole numbers beyond 2^53 are bigints, as a gateway's 64-bit tags need. */
export type ExactJson =
  | null
  | boolean
  | number
  | bigint
  | string
  | readonly ExactJson[]
  | { readonly [name: string]: ExactJson };

/** Deeper nesting is no gateway's answer and would overflow the stack. */
const deepest = 200;

/** Reads JSON without rounding integers; `file.notJson` with the place for anything else. */
export function parseExactJson(text: string): Result<ExactJson, Problem> {
  let at = 0;

  function value(depth: number): ExactJson {
    if (depth > deepest) throw new Unreadable("nested too deep", at);
    space();
    const first = text[at];
    if (first === "{") return object(depth);
    if (first === "[") return array(depth);
    if (first === '"') return string();
    for (const [word, meant] of words) {
      if (text.startsWith(word, at)) {
        at += word.length;
        return meant;
      }
    }
    return number();
  }

  function object(depth: number): ExactJson {
    const members: Record<string, ExactJson> = {};
    at += 1;
    space();
    if (take("}")) return members;
    for (;;) {
      space();
      if (text[at] !== '"') throw new Unreadable("a name in quotes was expected", at);
      const name = string();
      space();
      if (!take(":")) throw new Unreadable("a colon was expected", at);
      const member = value(depth + 1);
      // A plain assignment to "__proto__" would change the object instead of filling it.
      if (name === "__proto__")
        Object.defineProperty(members, name, {
          value: member,
          enumerable: true,
          writable: true,
          configurable: true,
        });
      else members[name] = member;
      space();
      if (take("}")) return members;
      if (!take(",")) throw new Unreadable("a comma or } was expected", at);
    }
  }

  function array(depth: number): ExactJson {
    const items: ExactJson[] = [];
    at += 1;
    space();
    if (take("]")) return items;
    for (;;) {
      items.push(value(depth + 1));
      space();
      if (take("]")) return items;
      if (!take(",")) throw new Unreadable("a comma or ] was expected", at);
    }
  }

  function string(): string {
    stringToken.lastIndex = at;
    const token = stringToken.exec(text)?.[0];
    if (token === undefined) throw new Unreadable("the text does not end or holds a control character", at);
    at += token.length;
    return token.includes("\\") ? (JSON.parse(token) as string) : token.slice(1, -1);
  }

  function number(): number | bigint {
    numberToken.lastIndex = at;
    const match = numberToken.exec(text);
    if (match === null) {
      throw new Unreadable(at < text.length ? "a value was expected" : "the text ends too early", at);
    }
    at += match[0].length;
    const near = Number(match[0]);
    if (match[1] === undefined && match[2] === undefined && !Number.isSafeInteger(near)) {
      return BigInt(match[0]);
    }
    if (!Number.isFinite(near)) throw new Unreadable("the number is too large", at);
    return near;
  }

  function space(): void {
    while (text[at] === " " || text[at] === "\n" || text[at] === "\r" || text[at] === "\t") at += 1;
  }

  function take(character: string): boolean {
    if (text[at] !== character) return false;
    at += 1;
    return true;
  }

  try {
    const read = value(0);
    space();
    if (at < text.length) throw new Unreadable("something follows the end", at);
    return ok(read);
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error;
    return refused({ code: "file.notJson", reason: `${error.message} at character ${error.at + 1}` });
  }
}

/** The text of such a value, compact or indented like JSON.stringify; bigints as plain numbers. */
export function printExactJson(value: unknown, indent = 0): string {
  return print(value, indent, "");
}

const words: readonly (readonly [string, ExactJson])[] = [
  ["true", true],
  ["false", false],
  ["null", null],
];
// biome-ignore lint/suspicious/noControlCharactersInRegex: JSON forbids exactly these in a string
const stringToken = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y;
const numberToken = /-?(?:0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?/y;

/** Unwinds the reader; never leaves this file. */
class Unreadable extends Error {
  readonly at: number;

  constructor(reason: string, at: number) {
    super(reason);
    this.at = at;
  }
}

function print(value: unknown, indent: number, before: string): string {
  if (typeof value === "bigint") return value.toString();
  if (typeof value !== "object" || value === null) return JSON.stringify(value) ?? "null";
  const inner = before + " ".repeat(indent);
  const items = Array.isArray(value)
    ? value.map((item) => print(item, indent, inner))
    : Object.entries(value)
        .filter(([, member]) => member !== undefined)
        .map(
          ([name, member]) =>
            `${JSON.stringify(name)}:${indent > 0 ? " " : ""}${print(member, indent, inner)}`,
        );
  const [open, close] = Array.isArray(value) ? ["[", "]"] : ["{", "}"];
  if (items.length === 0) return `${open}${close}`;
  if (indent === 0) return `${open}${items.join(",")}${close}`;
  return `${open}\n${inner}${items.join(`,\n${inner}`)}\n${before}${close}`;
}
