import type { TagView } from "#contract/views.ts";
import type { Sliced } from "#domain/sliced.ts";
import { printAddress } from "#domain/tag/printAddress.ts";
import { type Tag, tagKey } from "#domain/tag/tag.ts";
import type { Tables } from "./tables.ts";

const tagsASlice = 500;

/**
 * Brings the tags' table to what a site has. Only what differs is touched: one edited tag among 100,000 costs one item.
 *
 * @param isCurrent false when the site has changed meanwhile: whoever changed it shows all of it
 */
export function* showTags(tags: readonly Tag[], tables: Tables, isCurrent: () => boolean): Sliced<void> {
  let done = 0;
  const isPause = () => ++done % tagsASlice === 0;
  const kept = new Set<string>();
  for (const tag of tags) {
    kept.add(tagKey(tag));
    if (isPause()) yield;
  }
  for (const { key } of tables.tags.items()) {
    if (isPause()) yield;
    if (!isCurrent()) return;
    if (!kept.has(key)) tables.tags.remove(key);
  }
  for (const [index, tag] of tags.entries()) {
    if (isPause()) yield;
    if (!isCurrent()) return;
    const key = tagKey(tag);
    const shown = tables.tags.get(key);
    if (shown?.tag === tag && shown.index === index) continue;
    // The view's types are mutable copies of the same shapes.
    const view = { key, index, tag, printed: printAddress(tag.address) } as unknown as TagView;
    tables.tags.set(view);
  }
}
