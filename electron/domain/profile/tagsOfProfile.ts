import type { Problem } from "../problem.ts";
import type { Tag } from "../tag/tag.ts";
import { tagProblems } from "../tag/tagLimits.ts";
import { type Profile, type ProfilePoint, pointAddress, pointScale } from "./profile.ts";

export interface Pick {
  /** ids of the points; undefined: all of them */
  readonly points: readonly string[] | undefined;
  readonly language: "en" | "zh";
  /** powers of ten read from the unit, by the point that holds them */
  readonly exponents?: Readonly<Record<string, number>>;
}

export interface ProfileTags {
  readonly tags: readonly Tag[];
  /** what was left out, and why; `at.field` names the point */
  readonly problems: readonly Problem[];
}

/**
 * A profile's points as tags of one unit. They are named `group/point`, so that two units of a kind in two groups of
 * one line do not meet.
 *
 * A point whose factor stands in another register is left out until that was read: a wrong scale looks like a right
 * value.
 */
export function tagsOfProfile(
  profile: Profile,
  unit: number,
  group: string,
  line: string,
  pick: Pick,
): ProfileTags {
  const tags: Tag[] = [];
  const problems: Problem[] = [];
  const wanted = pick.points && new Set(pick.points);
  for (const point of profile.points) {
    if (wanted && !wanted.has(point.id)) continue;
    const exponent = point.scaleFrom === undefined ? 0 : pick.exponents?.[point.scaleFrom];
    if (exponent === undefined) {
      const { id, scaleFrom = "" } = point;
      problems.push({ code: "profile.scaleUnknown", point: id, from: scaleFrom, at: { field: id } });
      continue;
    }
    const tag = tagOf(point, { unit, group, line }, pick, exponent);
    const unfit = tagProblems(tag).map((problem) => ({ ...problem, at: { field: point.id } }));
    if (unfit.length > 0) problems.push(...unfit);
    else tags.push(tag);
  }
  for (const id of wanted ?? []) {
    if (!profile.points.some((point) => point.id === id))
      problems.push({ code: "profile.pointUnfit", profile: profile.id, point: id, reason: "unknown" });
  }
  return { tags, problems };
}

function tagOf(
  point: ProfilePoint,
  place: { readonly unit: number; readonly group: string; readonly line: string },
  pick: Pick,
  exponent: number,
): Tag {
  const { unit, group, line } = place;
  return {
    line,
    group,
    name: `${group}/${point.id}`,
    address: pointAddress(point, unit),
    type: point.type,
    access: point.access,
    ...pointScale(point, exponent),
    precision: point.precision ?? (exponent < 0 ? -exponent : 0),
    unit: point.unit ?? "",
    description: point.says[pick.language],
  };
}
