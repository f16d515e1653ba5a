import { isPolled } from "../plan/busBudget.ts";
import { orderSpans } from "../plan/spanOrder.ts";
import type { Sliced } from "../sliced.ts";
import { printAddress } from "../tag/printAddress.ts";
import { spanOf } from "../tag/span.ts";
import { type Tag, tagKey } from "../tag/tag.ts";
import type { Report } from "./finding.ts";

const tagsASlice = 2000;

/** What tags of one site do to each other: one name twice, one place read in two ways or by two groups. */
export function* lintPlaces(tags: readonly Tag[], report: Report): Sliced<void> {
  yield* lintNames(tags, report);
  const byLine = new Map<string, Tag[]>();
  for (const tag of tags) {
    const known = byLine.get(tag.line);
    if (known) known.push(tag);
    else byLine.set(tag.line, [tag]);
  }
  yield;
  for (const [line, own] of byLine) yield* lintLine(line, own, report);
}

/** Names are kept group by group: joining line, group and name for each of 100,000 tags costs more than all the rest. */
function* lintNames(tags: readonly Tag[], report: Report): Sliced<void> {
  const groups = new Map<string, Map<string, Set<string>>>();
  for (const [index, tag] of tags.entries()) {
    if (index % tagsASlice === 0) yield;
    const ofLine = groups.get(tag.line) ?? new Map<string, Set<string>>();
    if (ofLine.size === 0) groups.set(tag.line, ofLine);
    const names = ofLine.get(tag.group) ?? new Set<string>();
    if (names.size === 0) ofLine.set(tag.group, names);
    if (names.has(tag.name)) {
      const facts = { name: tag.name, group: tag.group };
      report({ id: "tag.name.duplicate", tag: tagKey(tag), field: "name", facts });
    }
    names.add(tag.name);
  }
}

/** Two groups that read the same registers, and how many. */
interface Shared {
  readonly groups: readonly [string, string];
  readonly first: Tag;
  count: number;
}

function* lintLine(line: string, tags: readonly Tag[], report: Report): Sliced<void> {
  const spans = tags.map((tag) => spanOf(tag.address, tag.type));
  yield;
  const { count, keys, places, registers } = orderSpans(spans);
  const shared = new Map<string, Shared>();
  // The tag before that reaches furthest: whoever begins before its end overlaps it.
  let furthest = -1;
  const tagAt = (index: number) => tags[places[index] as number] as Tag;
  const endOf = (index: number) => (keys[index] as number) + (registers[index] as number);
  const meet = (before: number, index: number) => {
    const [other, tag] = [tagAt(before), tagAt(index)];
    compare(other, tag, report);
    if (other.group !== tag.group && isPolled(other) && isPolled(tag)) note(shared, other, tag);
  };
  for (let index = 0; index < count; index++) {
    if (index % tagsASlice === 0) yield;
    const key = keys[index] as number;
    if (furthest >= 0 && (keys[furthest] as number) >>> 16 !== key >>> 16) furthest = -1;
    const isSamePlace = index > 0 && keys[index - 1] === key;
    if (isSamePlace) meet(index - 1, index);
    if (furthest >= 0 && key < endOf(furthest) && !(isSamePlace && furthest === index - 1)) {
      meet(furthest, index);
    }
    if (furthest < 0 || endOf(index) >= endOf(furthest)) furthest = index;
  }
  for (const { groups, count: times, first } of shared.values()) {
    const [group, other] = groups;
    report({
      id: "read.block.twice",
      tag: tagKey(first),
      line,
      group,
      facts: { group, other, count: times, name: first.name },
    });
  }
}

/** Bits are parts of their register by nature; the same tag once more in another group is told by the groups. */
function compare(other: Tag, tag: Tag, report: Report): void {
  if (other.type === "bit" || tag.type === "bit") return;
  const facts = { name: tag.name, other: other.name, address: printAddress(tag.address), type: tag.type };
  const at = { tag: tagKey(tag), field: "address" };
  if (other.address.offset !== tag.address.offset) report({ id: "tag.address.overlap", ...at, facts });
  else if (other.type !== tag.type || other.address.order !== tag.address.order) {
    report({ id: "tag.address.twoTypes", ...at, facts: { ...facts, otherType: other.type } });
  }
}

function note(shared: Map<string, Shared>, other: Tag, tag: Tag): void {
  const groups = [other.group, tag.group].sort() as [string, string];
  const key = groups.join("\n");
  const known = shared.get(key);
  if (known) known.count++;
  else shared.set(key, { groups, first: tag, count: 1 });
}
