import { basename } from "node:path";

const siteEnding = ".site.json";
const longest = 80;

/** The file name, without its ending, for a site's name: lower case, letters and digits of any script, hyphens. */
export function slugOf(name: string): string {
  const words = name
    .normalize("NFC")
    .toLowerCase()
    .split(/[^\p{L}\p{M}\p{N}]+/u)
    .filter(Boolean);
  const slug = withinBytes(words.join("-")) || "site";
  // Windows keeps these names for devices, whatever ending follows.
  return /^(con|prn|aux|nul|com\d|lpt\d)$/.test(slug) ? `site-${slug}` : slug;
}

export function siteFileName(slug: string): string {
  return `${slug}${siteEnding}`;
}

export function isSiteFile(path: string): boolean {
  return path.endsWith(siteEnding);
}

/** `north-pump.site.json` → `north-pump`; other names lose their last ending. */
export function stemOf(path: string): string {
  const name = basename(path);
  return isSiteFile(name) ? name.slice(0, -siteEnding.length) : name.replace(/\.[^.]+$/, "");
}

function withinBytes(text: string): string {
  let kept = "";
  for (const letter of text) {
    if (Buffer.byteLength(kept + letter) > longest) break;
    kept += letter;
  }
  return kept.replace(/-+$/, "");
}
