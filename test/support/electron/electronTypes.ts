import { readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "./build.ts";

/** Members of Electron's classes and interfaces by name, its parents' among them, as its own types have them. */
export function readElectronTypes(): (type: string) => ReadonlySet<string> {
  const text = readFileSync(join(root, "node_modules", "electron", "electron.d.ts"), "utf8");
  const bodies = new Map<string, { members: Set<string>; parents: string[] }>();
  const declared =
    /^ {2}(?:class|interface) (\w+)(?:<[^>]*>)?(?: extends ([^{]+?))?\s*\{\n([\s\S]*?)^ {2}\}/gm;
  for (const [, name = "", parents = "", body = ""] of text.matchAll(declared)) {
    const known = bodies.get(name) ?? { members: new Set(), parents: [] };
    for (const [, member = ""] of body.matchAll(/^ {4}(?:static |readonly )*(?:get |set )?(\w+)\??[(<:]/gm)) {
      known.members.add(member);
    }
    known.parents.push(...parents.split(",").flatMap((parent) => /\w+/.exec(parent)?.[0] ?? []));
    bodies.set(name, known);
  }
  const membersOf = (type: string): Set<string> => {
    const known = bodies.get(type);
    return new Set([
      ...(known?.members ?? []),
      ...(known?.parents ?? []).flatMap((parent) => [...membersOf(parent)]),
    ]);
  };
  return membersOf;
}
