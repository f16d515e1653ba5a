import type { Line } from "../site/site.ts";

/** Fewer numbers may all be taken by units of their own. */
const fewestNumbers = 8;

/** A TCP device without units behind it often answers whatever number it is asked by: then all finds are one device. */
export function answersToAll(kind: Line["kind"], asked: number, found: number): boolean {
  return kind === "tcp" && asked >= fewestNumbers && found === asked;
}
