const variable = /\{\{\s*([^{}]+?)\s*\}\}/g;

/** The names of a text's variables: `{{ip}}` or `{{ ip }}`. */
export function variablesIn(text: string): readonly string[] {
  return [...text.matchAll(variable)].map(([, name = ""]) => name);
}

/** The text with its variables filled in; those that have no value stay as they are. */
export function filled(text: string, values: ReadonlyMap<string, string>): string {
  return text.replace(variable, (whole, name: string) => values.get(name) ?? whole);
}

/** The same data with every text in it filled in; a part without variables is the part itself. */
export function filledDeep<T>(part: T, values: ReadonlyMap<string, string>): T {
  if (typeof part === "string") return filled(part, values) as T;
  if (typeof part !== "object" || part === null) return part;
  if (Array.isArray(part)) {
    const items = part.map((item) => filledDeep(item, values));
    return items.every((item, index) => item === part[index]) ? part : (items as T);
  }
  const entries = Object.entries(part).map(([name, item]) => [name, filledDeep(item, values)] as const);
  const members = part as Record<string, unknown>;
  return entries.every(([name, item]) => item === members[name]) ? part : (Object.fromEntries(entries) as T);
}

/** The names of all variables in a piece of data. */
export function variablesDeep(part: unknown): ReadonlySet<string> {
  if (typeof part === "string") return new Set(variablesIn(part));
  if (typeof part !== "object" || part === null) return new Set();
  return new Set(Object.values(part).flatMap((item) => [...variablesDeep(item)]));
}
