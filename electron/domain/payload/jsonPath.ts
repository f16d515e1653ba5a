import type { Problem } from "#domain/problem.ts";
import { ok, type Result, refused } from "#domain/result.ts";
import { entriesOf, type Leaf, leavesOf, type Tree } from "./leaves.ts";

type Step = { readonly name: string } | "all";

const token = /\.?([^.[\]'"*]+)|\.?(\*)|\[(\d+)\]|\[(\*)\]|\['([^']*)'\]|\["([^"]*)"\]/y;

/**
 * A path into a document: `$.data.temp`, `data[0].value`, `$.units[*].power`, `$['a name']`. Members, indices and
 * wildcards; no filters and no deep search, which pick other values when a publisher adds a field.
 *
 * @returns the steps, or payload.pathInvalid
 */
export function parsePath(path: string): Result<readonly Step[], Problem> {
  const steps: Step[] = [];
  const text = path.trim().replace(/^\$/, "");
  let at = 0;
  while (at < text.length) {
    token.lastIndex = at;
    const match = token.exec(text);
    if (match === null) return refused({ code: "payload.pathInvalid", path });
    at = token.lastIndex;
    const [, plain, dotAll, index, all, single, double] = match;
    if (dotAll !== undefined || all !== undefined) steps.push("all");
    else if (index !== undefined) steps.push({ name: `[${index}]` });
    else steps.push({ name: plain ?? single ?? double ?? "" });
  }
  return ok(steps);
}

/** Every value below a path's places; a path that leads nowhere gives none. */
export function valuesAt(tree: Tree, steps: readonly Step[]): readonly Leaf[] {
  let places: readonly { readonly path: string; readonly held: Tree }[] = [{ path: "", held: tree }];
  for (const step of steps) {
    places = places.flatMap(({ path, held }) =>
      (entriesOf(held) ?? [])
        .filter(([name]) => step === "all" || name === step.name)
        .map(([name, inner]) => ({
          path: name.startsWith("[") || path === "" ? `${path}${name}` : `${path}.${name}`,
          held: inner,
        })),
    );
  }
  return places.flatMap(({ path, held }) => leavesOf(held, path));
}
