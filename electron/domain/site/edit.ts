import type { Problem } from "../problem.ts";
import { assertNever, ok, type Result, refused } from "../result.ts";
import { runThrough, type Sliced } from "../sliced.ts";
import { printAddress } from "../tag/printAddress.ts";
import { type Tag, tagKey } from "../tag/tag.ts";
import type { Kept } from "./kept.ts";
import type { Bridge, Gateway, Group, Line, RuleSet, Site, Unit, Uplink } from "./site.ts";
import { ruleTwins } from "./siteContradictions.ts";

/** One change a person makes. Edits are values, so that they can be undone, journalled and sent over a pipe. */
export type SiteEdit =
  | {
      readonly kind: "describe";
      readonly name: string;
      readonly path: readonly string[];
      readonly engineer: string;
      readonly note: string;
    }
  | { readonly kind: "setGateway"; readonly gateway: Gateway | null }
  | { readonly kind: "putLine"; readonly line: Line }
  | { readonly kind: "removeLine"; readonly id: string }
  | { readonly kind: "setUnits"; readonly line: string; readonly units: readonly Unit[] }
  | {
      readonly kind: "putTags";
      readonly tags: readonly Tag[];
      readonly groups: readonly Group[];
      /** keys of tags that go away with the same edit */
      readonly remove?: readonly string[];
      /** the device profile that they are from */
      readonly from?: UnitProfile;
    }
  | { readonly kind: "changeTags"; readonly changes: readonly TagChange[] }
  | { readonly kind: "removeTags"; readonly keys: readonly string[] }
  | {
      readonly kind: "setInterval";
      readonly line: string;
      readonly group: string;
      readonly intervalMs: number;
    }
  | { readonly kind: "setUplink"; readonly uplink: Uplink | null }
  | { readonly kind: "setBridge"; readonly bridge: Bridge | null }
  | { readonly kind: "setRules"; readonly rules: RuleSet | null }
  /** what runs on a gateway becomes what the site is to be */
  | { readonly kind: "takeOver"; readonly taken: Taken };

/** The part of a site that a gateway's configuration says. */
export interface Taken extends Pick<Site, "lines" | "groups" | "tags" | "uplink"> {
  readonly kept: Kept;
}

/** Which profile describes a unit of a line. */
export interface UnitProfile {
  readonly line: string;
  readonly unit: number;
  readonly profile: string;
}

/** The same new fields for some tags, by their keys as they were; what is undefined stays. */
export interface TagChange {
  readonly keys: readonly string[];
  readonly to: { readonly [Field in keyof Tag]?: Tag[Field] | undefined };
}

/** No gateway takes a shorter interval; older ones want more, see abilitiesOf. */
export const shortestIntervalMs = 30;

/** Applies one edit; a refused edit changes nothing. */
export function editSite(site: Site, edit: SiteEdit): Result<Site, Problem> {
  switch (edit.kind) {
    case "describe":
      if (edit.name.trim() === "")
        return refused({ code: "name.empty", what: "site", at: { field: "name" } });
      return ok({
        ...site,
        name: edit.name.trim(),
        path: edit.path.map((part) => part.trim()).filter((part) => part !== ""),
        engineer: edit.engineer.trim(),
        note: edit.note,
      });
    case "setGateway":
      return ok({ ...site, gateway: edit.gateway });
    case "putLine":
      return putLine(site, edit.line);
    case "removeLine":
      return removeLine(site, edit.id);
    case "setUnits":
      return withLine(site, edit.line, (line) => ({ ...line, units: edit.units }));
    case "putTags":
      return runThrough(putTagsInSlices(site, edit));
    case "changeTags":
      return changeTags(site, edit.changes);
    case "removeTags":
      return ok(dropEmptyGroups(without(site, edit.keys)));
    case "setInterval":
      return setInterval(site, edit.line, edit.group, edit.intervalMs);
    case "setUplink":
      return ok({ ...site, uplink: edit.uplink });
    case "takeOver":
      return ok({ ...site, ...edit.taken });
    case "setBridge":
      return ok(withPart(site, "bridge", edit.bridge));
    case "setRules":
      return setRules(site, edit.rules);
    default:
      return assertNever(edit);
  }
}

/** A part that a site may have or not. */
function withPart<P extends "bridge" | "rules">(site: Site, part: P, value: Site[P] | null): Site {
  const { [part]: _, ...rest } = site;
  return (value === null ? rest : { ...rest, [part]: value }) as Site;
}

function setRules(site: Site, rules: RuleSet | null): Result<Site, Problem> {
  const problem = rules && ruleTwins(rules)[0];
  return problem ? refused(problem) : ok(withPart(site, "rules", rules));
}

function putLine(site: Site, line: Line): Result<Site, Problem> {
  const twin = site.lines.find((other) => other.name === line.name && other.id !== line.id);
  if (twin) return refused({ code: "name.duplicate", what: "line", name: line.name, at: { field: "name" } });
  const known = site.lines.some((other) => other.id === line.id);
  const lines = known
    ? site.lines.map((other) => (other.id === line.id ? line : other))
    : [...site.lines, line];
  return ok({ ...site, lines });
}

function removeLine(site: Site, id: string): Result<Site, Problem> {
  if (!site.lines.some((line) => line.id === id)) return refused({ code: "line.unknown", line: id });
  return ok({
    ...site,
    lines: site.lines.filter((line) => line.id !== id),
    groups: site.groups.filter((group) => group.line !== id),
    tags: site.tags.filter((tag) => tag.line !== id),
  });
}

function withLine(site: Site, id: string, change: (line: Line) => Line): Result<Site, Problem> {
  if (!site.lines.some((line) => line.id === id)) return refused({ code: "line.unknown", line: id });
  return ok({ ...site, lines: site.lines.map((line) => (line.id === id ? change(line) : line)) });
}

/** The edit for as many tags as a table may bring. */
export function* putTagsInSlices(
  before: Site,
  { tags, groups, remove = [], from }: Extract<SiteEdit, { kind: "putTags" }>,
): Sliced<Result<Site, Problem>> {
  const site = withProfile(without(before, remove), from);
  const lines = new Set(site.lines.map((line) => line.id));
  const stray = tags.find((tag) => !lines.has(tag.line));
  if (stray) return refused({ code: "tag.lineUnknown", line: stray.line });
  const incoming = new Map<string, Tag>();
  for (const [index, tag] of tags.entries()) {
    incoming.set(tagKey(tag), tag);
    if (index % tagsASlice === 0) yield;
  }
  const kept: Tag[] = [];
  for (const [index, tag] of site.tags.entries()) {
    const key = tagKey(tag);
    kept.push(incoming.get(key) ?? tag);
    incoming.delete(key);
    if (index % tagsASlice === 0) yield;
  }
  yield;
  return ok(withGroups({ ...site, tags: [...kept, ...incoming.values()] }, groups));
}

const tagsASlice = 1000;

/** A unit that tags are taken for is one of the site's, if it was not before. */
function withProfile(site: Site, from: UnitProfile | undefined): Site {
  if (from === undefined) return site;
  const { unit: number, profile } = from;
  const described = (units: readonly Unit[]): readonly Unit[] =>
    units.some((unit) => unit.number === number)
      ? units.map((unit) => (unit.number === number ? { ...unit, profile } : unit))
      : [...units, { number, name: "", identity: "", profile }].sort((a, b) => a.number - b.number);
  const lines = site.lines.map((line) =>
    line.id === from.line ? { ...line, units: described(line.units) } : line,
  );
  return { ...site, lines };
}

function without(site: Site, keys: readonly string[]): Site {
  if (keys.length === 0) return site;
  const gone = new Set(keys);
  return { ...site, tags: site.tags.filter((tag) => !gone.has(tagKey(tag))) };
}

/** All or nothing; tags may trade names with each other, as the keys are those from before the edit. */
function changeTags(site: Site, changes: readonly TagChange[]): Result<Site, Problem> {
  const lines = new Set(site.lines.map((line) => line.id));
  const changed = new Map<string, Partial<Tag>>();
  for (const { keys, to } of changes) {
    if (to.line !== undefined && !lines.has(to.line)) {
      return refused({ code: "tag.lineUnknown", line: to.line });
    }
    const set = Object.fromEntries(Object.entries(to).filter(([, value]) => value !== undefined));
    for (const key of keys) changed.set(key, { ...changed.get(key), ...set });
  }
  const taken = new Set<string>();
  const tags: Tag[] = [];
  for (const before of site.tags) {
    const to = changed.get(tagKey(before));
    const tag = to === undefined ? before : withFields(before, to);
    const key = tagKey(tag);
    if (taken.has(key)) {
      return refused({ code: "tag.duplicate", name: tag.name, group: tag.group, at: { field: "name" } });
    }
    taken.add(key);
    tags.push(tag);
  }
  return ok(withGroups({ ...site, tags }, []));
}

/** What the manual prints belongs to the address that it was read with. */
function withFields(tag: Tag, to: Partial<Tag>): Tag {
  const isMoved = to.address !== undefined && printAddress(to.address) !== printAddress(tag.address);
  if (!isMoved) return { ...tag, ...to };
  const { manual: _, ...rest } = tag;
  return { ...rest, ...to };
}

function setInterval(site: Site, line: string, name: string, intervalMs: number): Result<Site, Problem> {
  if (intervalMs < shortestIntervalMs) {
    return refused({ code: "group.intervalTooShort", group: name, intervalMs, limitMs: shortestIntervalMs });
  }
  const groups = site.groups.map((group) =>
    group.line === line && group.name === name ? { ...group, intervalMs } : group,
  );
  return ok({ ...site, groups });
}

/** Every group that a tag names exists; new ones start at one second. */
function withGroups(site: Site, given: readonly Group[]): Site {
  const groups = new Map(
    [...site.groups, ...given].map((group) => [groupKey(group.line, group.name), group]),
  );
  const used = usedGroups(site);
  for (const [key, { line, group: name }] of used) {
    if (!groups.has(key)) groups.set(key, { line, name, intervalMs: 1000 });
  }
  return { ...site, groups: [...groups.values()].filter(({ line, name }) => used.has(groupKey(line, name))) };
}

function dropEmptyGroups(site: Site): Site {
  const used = usedGroups(site);
  return { ...site, groups: site.groups.filter(({ line, name }) => used.has(groupKey(line, name))) };
}

/** One tag of each group. Tags of a group mostly stand together, so their key is made once. */
function usedGroups({ tags }: Site): ReadonlyMap<string, Tag> {
  const used = new Map<string, Tag>();
  let before: Tag | undefined;
  for (const tag of tags) {
    if (before?.group === tag.group && before.line === tag.line) continue;
    before = tag;
    const key = groupKey(tag.line, tag.group);
    if (!used.has(key)) used.set(key, tag);
  }
  return used;
}

function groupKey(line: string, group: string): string {
  return `${line}/${group}`;
}
