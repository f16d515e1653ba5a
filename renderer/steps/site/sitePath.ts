/** At most this many levels, from the enterprise down. */
export const deepestPath = 6;

/** `Water / East / NPS-07` as its parts; empty ones fall away. Both slashes of a Chinese keyboard work. */
export function readPath(text: string): readonly string[] {
  return text
    .split(/[/／]/)
    .map((part) => part.trim())
    .filter((part) => part !== "");
}

export function printPath(path: readonly string[]): string {
  return path.join(" / ");
}
