import { isPolled } from "../plan/busBudget.ts";
import { planReads, type Stretch, tcpLimits } from "../plan/readPlan.ts";
import type { Sliced } from "../sliced.ts";
import { printAddress } from "../tag/printAddress.ts";
import { type Span, spanOf } from "../tag/span.ts";
import { type Tag, tagKey } from "../tag/tag.ts";
import type { FindingId, Report } from "./finding.ts";
import { deviceLimits, type ProfileFacts } from "./profileFacts.ts";

/**
 * What tags do that their device's profile knows better.
 *
 * @param profiles by line and unit: `line/unit`
 */
export function* lintProfiles(
  tags: readonly Tag[],
  profiles: ReadonlyMap<string, ProfileFacts>,
  report: Report,
): Sliced<void> {
  if (profiles.size === 0) return;
  const byUnit = new Map<string, Tag[]>();
  for (const tag of tags) {
    const key = `${tag.line}/${tag.address.unit}`;
    if (!profiles.has(key)) continue;
    const known = byUnit.get(key);
    if (known) known.push(tag);
    else byUnit.set(key, [tag]);
  }
  for (const [key, own] of byUnit) {
    yield;
    const profile = profiles.get(key) as ProfileFacts;
    const points = pointsByRegister(profile);
    for (const tag of own) lintTag(tag, points, report);
    lintGaps(own, profile, report);
  }
}

type Point = ProfileFacts["points"][number];

function pointsByRegister({ points }: ProfileFacts): ReadonlyMap<string, Point> {
  const found = new Map<string, Point>();
  for (const point of points) {
    const { area, offset } = point;
    const length = point.length === undefined ? {} : { length: point.length };
    const { registers } = spanOf({ unit: 1, area, offset, ...length }, point.type);
    for (let index = 0; index < registers; index++) found.set(`${area} ${offset + index}`, point);
  }
  return found;
}

function lintTag(tag: Tag, points: ReadonlyMap<string, Point>, report: Report): void {
  const { area, offset, registers } = spanOf(tag.address, tag.type);
  const say = (id: FindingId, field: string, facts: Readonly<Record<string, string>> = {}) =>
    report({
      id,
      tag: tagKey(tag),
      field,
      facts: { name: tag.name, address: printAddress(tag.address), ...facts },
    });
  const point = points.get(`${area} ${offset}`);
  const last = points.get(`${area} ${offset + registers - 1}`);
  if (!point || !last) {
    say("tag.profile.outside", "address");
    return;
  }
  if (isPolled(tag) && !point.access.includes("read") && !point.access.includes("subscribe")) {
    say("tag.access.writeOnly", "access");
  }
  const [sentinel] = point.sentinels ?? [];
  if (sentinel && isPolled(tag))
    say("tag.sentinel.undeclared", "address", { words: sentinel.words.join(" ") });
}

/** Reads as other masters make them, gaps included: one that touches a forbidden register fails as a whole. */
function lintGaps(tags: readonly Tag[], profile: ProfileFacts, report: Report): void {
  const { forbidden = [] } = deviceLimits(profile);
  const polled = tags.filter(isPolled);
  if (forbidden.length === 0 || polled.length === 0) return;
  const spans = polled.map((tag) => spanOf(tag.address, tag.type));
  const limits = { ...tcpLimits, maxRegisters: profile.limits.maxRegisters };
  for (const read of planReads(spans, limits)) {
    const stretch = forbidden.find(
      (one) => one.area === read.area && one.from < read.offset + read.count && one.to >= read.offset,
    );
    if (!stretch) continue;
    const place = read.spans.find((index) => reaches(spans[index] as Span, stretch)) ?? read.spans[0];
    const tag = polled[place as number] as Tag;
    report({
      id: "read.gap.forbidden",
      tag: tagKey(tag),
      line: tag.line,
      group: tag.group,
      facts: { name: tag.name, unit: read.unit, from: stretch.from, to: stretch.to },
    });
  }
}

/** The tag that ends before the stretch, or lies on it, is where one looks first. */
function reaches({ offset, registers }: Span, { from, to }: Stretch): boolean {
  return offset <= to && offset + registers >= from;
}
