import { utf8Length } from "../utf8.ts";

const longestBytes = 80;

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

/** The name of the site file for a slug. */
export function siteFileName(slug: string): string {
  return `${slug}${siteEnding}`;
}

export const siteEnding = ".site.json";

function withinBytes(text: string): string {
  let kept = "";
  for (const letter of text) {
    if (utf8Length(kept + letter) > longestBytes) break;
    kept += letter;
  }
  return kept.replace(/-+$/, "");
}
