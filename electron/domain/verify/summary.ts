import type { Phrase } from "#domain/phrase.ts";
import type { Site } from "#domain/site/site.ts";
import { type Tag, tagKey } from "#domain/tag/tag.ts";
import type { VerdictState } from "./tagCheck.ts";

/** How far the proof of a site has come. */
export interface Summary {
  /** tags that can be read and so be proved */
  readonly total: number;
  readonly same: number;
  readonly differs: number;
  readonly stale: number;
  readonly failed: number;
  readonly waiting: number;
  /** never looked at */
  readonly untested: number;
  /** tags with a final verdict, good or bad, of all; 0 to 1 */
  readonly coverage: number;
  /** every tag was proved the same at both ends */
  readonly good: boolean;
}

/** Write-only tags have no value that could be compared. */
export function isProvable(tag: Tag): boolean {
  return tag.access.includes("read") || tag.access.includes("subscribe");
}

/** @param latest the last verdict of each tag, by tagKey */
export function summarise(
  site: Site,
  latest: ReadonlyMap<string, { readonly state: VerdictState }>,
): Summary {
  const counts = { same: 0, differs: 0, stale: 0, failed: 0, waiting: 0, untested: 0 };
  const tags = site.tags.filter(isProvable);
  for (const tag of tags) counts[latest.get(tagKey(tag))?.state ?? "untested"] += 1;
  const judged = counts.same + counts.differs + counts.stale + counts.failed;
  return {
    total: tags.length,
    ...counts,
    coverage: tags.length === 0 ? 0 : judged / tags.length,
    good: tags.length > 0 && counts.same === tags.length,
  };
}

/** A bad verdict that stays on record, whatever a retest says. */
export interface Deviation {
  readonly key: string;
  readonly attempt: number;
  readonly at: number;
  readonly state: VerdictState;
  readonly says: Phrase;
  /** a later attempt on the same tag was good */
  readonly closed: boolean;
}
