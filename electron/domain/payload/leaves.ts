import { isoTime } from "./isoTime.ts";
import { mostReadings, type PayloadReading, type PayloadValue } from "./reading.ts";

/** A document of any format as a tree: what JSON and CBOR have in common. Map keys may be numbers in CBOR. */
export type Tree =
  | PayloadValue
  | undefined
  | Uint8Array
  | readonly Tree[]
  | ReadonlyMap<unknown, Tree>
  | { readonly [name: string]: Tree };

/** One place in a document with what is there; `path` as JSON path writes it, without the leading `$.`. */
export interface Leaf {
  readonly path: string;
  readonly value: PayloadValue;
}

const deepest = 100;

/** Every value of a document, in its order; lists of numbers are values, other lists are gone through. */
export function leavesOf(tree: Tree, path = ""): readonly Leaf[] {
  const leaves: Leaf[] = [];
  collect(tree, path, 0, leaves);
  return leaves;
}

/** The entries of an object, a map or a list, by the names that a path gives them; undefined for a value. */
export function entriesOf(tree: Tree): readonly (readonly [name: string, held: Tree])[] | undefined {
  if (isList(tree)) return tree.map((item, index) => [`[${index}]`, item] as const);
  if (tree instanceof Map) return [...tree].map(([key, item]) => [String(key), item] as const);
  if (typeof tree !== "object" || tree === null || tree instanceof Uint8Array) return undefined;
  return Object.entries(tree as { readonly [name: string]: Tree });
}

function collect(tree: Tree, path: string, depth: number, leaves: Leaf[]): void {
  if (leaves.length >= mostReadings) return;
  const isNumbers = isList(tree) && tree.length > 0 && tree.every((item) => typeof item === "number");
  const entries = isNumbers || depth > deepest ? undefined : entriesOf(tree);
  if (entries === undefined) {
    leaves.push({ path: path === "" ? "$" : path, value: plain(tree) });
    return;
  }
  for (const [name, held] of entries) {
    const isIndex = name.startsWith("[") || path === "";
    collect(held, isIndex ? `${path}${name}` : `${path}.${name}`, depth + 1, leaves);
  }
}

function plain(tree: Tree): PayloadValue {
  if (tree instanceof Uint8Array) return [...tree];
  if (tree === undefined) return null;
  if (isList(tree))
    return tree.every((item) => typeof item === "number") ? (tree as readonly number[]) : "[…]";
  return typeof tree === "object" && tree !== null ? "{…}" : (tree as PayloadValue);
}

function isList(tree: Tree): tree is readonly Tree[] {
  return Array.isArray(tree);
}

const timeNames = ["timestamp", "ts", "time", "t"];
/** Seconds since 1970 stay below this for five thousand years, milliseconds passed it in 1973. */
const leastMs = 1e11;

/** When a document says that it was made, ms since 1970; null where it does not. */
export function timeOf(tree: Tree): number | null {
  const entries = entriesOf(tree);
  for (const name of timeNames) {
    const held = entries?.find(([key]) => key.toLowerCase() === name)?.[1];
    const number = typeof held === "bigint" ? Number(held) : held;
    if (typeof number === "number" && Number.isFinite(number))
      return number < leastMs ? number * 1000 : number;
    const parsed = typeof held === "string" ? isoTime(held) : undefined;
    if (parsed !== undefined) return parsed;
  }
  return null;
}

/** A document's values as readings, all of one time. */
export function treeReadings(topic: string, tree: Tree, leaves: readonly Leaf[]): readonly PayloadReading[] {
  const at = timeOf(tree);
  return leaves.map(({ path, value }) => ({ topic, device: "", tag: path, value, at }));
}
