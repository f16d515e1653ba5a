import type { Problem, Where } from "#domain/problem.ts";
import { tagKey } from "#domain/tag/tag.ts";
import type { RuleSet, Site } from "./site.ts";

/** What cannot stand in one site together: twins, and tags or groups that hang in the air. */
export function siteContradictions(site: Site): readonly Problem[] {
  return [
    ...twins(
      site.lines,
      (line) => line.id,
      "line",
      (index) => `lines[${index}].id`,
    ),
    ...twins(
      site.lines,
      (line) => line.name,
      "line",
      (index) => `lines[${index}].name`,
    ),
    ...site.lines.flatMap((line, at) =>
      twins(
        line.units,
        (unit) => String(unit.number),
        "unit",
        (index) => `lines[${at}].units[${index}].number`,
      ),
    ),
    ...twins(site.groups, groupKey, "group", (index) => `groups[${index}].name`),
    ...tagTwins(site),
    ...(site.rules ? ruleTwins(site.rules) : []),
    ...strays(site),
  ];
}

export function ruleTwins(rules: RuleSet): readonly Problem[] {
  return [
    ...twins(
      rules.streams,
      (stream) => stream.name,
      "stream",
      (index) => `rules.streams[${index}].name`,
    ),
    ...twins(
      rules.rules,
      (rule) => rule.id,
      "rule",
      (index) => `rules.rules[${index}].id`,
    ),
  ];
}

/** Items whose key came before. */
function twins<T>(
  items: readonly T[],
  keyOf: (item: T) => string,
  what: string,
  fieldOf: (index: number) => string,
): readonly Problem[] {
  const seen = new Set<string>();
  return items.flatMap((item, index): readonly Problem[] => {
    const name = keyOf(item);
    if (seen.has(name)) return [{ code: "name.duplicate", what, name, at: { field: fieldOf(index) } }];
    seen.add(name);
    return [];
  });
}

function tagTwins(site: Site): readonly Problem[] {
  const seen = new Set<string>();
  return site.tags.flatMap((tag, index): readonly Problem[] => {
    if (!seen.has(tagKey(tag))) {
      seen.add(tagKey(tag));
      return [];
    }
    return [{ code: "tag.duplicate", name: tag.name, group: tag.group, at: field(`tags[${index}].name`) }];
  });
}

function strays(site: Site): readonly Problem[] {
  const lines = new Set(site.lines.map((line) => line.id));
  const groups = new Set(site.groups.map(groupKey));
  return [
    ...site.groups.flatMap((group, index): readonly Problem[] =>
      lines.has(group.line)
        ? []
        : [{ code: "line.unknown", line: group.line, at: field(`groups[${index}].line`) }],
    ),
    ...site.tags.flatMap((tag, index): readonly Problem[] => {
      if (!lines.has(tag.line)) {
        return [{ code: "tag.lineUnknown", line: tag.line, at: field(`tags[${index}].line`) }];
      }
      if (groups.has(`${tag.line}/${tag.group}`)) return [];
      return [{ code: "group.unknown", group: tag.group, at: field(`tags[${index}].group`) }];
    }),
  ];
}

function groupKey(group: { readonly line: string; readonly name: string }): string {
  return `${group.line}/${group.name}`;
}

function field(name: string): Where {
  return { field: name };
}
