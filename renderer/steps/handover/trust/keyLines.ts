import { publicKey } from "#contract/trustViews.ts";

/** Keys as people paste them, one a line or with commas between; undefined when one of them is none. */
export function keyLines(text: string): string[] | undefined {
  const keys = text.split(/[\s,;]+/).filter((part) => part !== "");
  return keys.length > 0 && keys.every((key) => publicKey.safeParse(key).success) ? keys : undefined;
}
