/** Whether a text can be subscribed to: `+` and `#` alone in their levels, `#` at the end. */
export function isTopicFilter(text: string): boolean {
  if (text === "" || text.length > 255) return false;
  const levels = text.split("/");
  return levels.every((level, index) => {
    if (level === "#") return index === levels.length - 1;
    return level === "+" || !/[+#]/.test(level);
  });
}

/** Whether some topic is matched by both filters; a plain topic is a filter that matches itself. */
export function filtersMeet(one: string, other: string): boolean {
  return meet(one.split("/"), other.split("/"));
}

function meet(one: readonly string[], other: readonly string[]): boolean {
  const [a, ...restOfOne] = one;
  const [b, ...restOfOther] = other;
  if (a === "#" || b === "#") return true;
  if (a === undefined || b === undefined) {
    // `a/#` takes `a` as well.
    return a === b;
  }
  if (a !== "+" && b !== "+" && a !== b) return false;
  return meet(restOfOne, restOfOther);
}
