import { basename } from "node:path";
import { siteEnding } from "#domain/site/fileName.ts";

export function isSiteFile(path: string): boolean {
  return path.endsWith(siteEnding);
}

/** `north-pump.site.json` → `north-pump`; other names lose their last ending. */
export function stemOf(path: string): string {
  const name = basename(path);
  return isSiteFile(name) ? name.slice(0, -siteEnding.length) : name.replace(/\.[^.]+$/, "");
}
