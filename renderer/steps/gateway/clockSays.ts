/** A gateway gives whole seconds, so less than two cannot be told from right. */
export const rightWithinMs = 2000;

/** @param skewMs gateway's clock minus this machine's */
export function clockSays(skewMs: number): "right" | "ahead" | "behind" {
  if (Math.abs(skewMs) < rightWithinMs) return "right";
  return skewMs > 0 ? "ahead" : "behind";
}
