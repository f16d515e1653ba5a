import type { CallInput, CallOutput } from "#contract/contract.ts";
import { type Language, sayFinding } from "#contract/words/say.ts";
import type { FindingId, Severity } from "#domain/lint/finding.ts";
import { wrongKey } from "../sheet/useSheet.ts";

export type LintView = CallOutput<"tags.lint">;
export type FindingView = LintView["findings"][number];
type SiteEdit = CallInput<"site.edit">["edit"];

/** Findings of one kind, and how many there are in all. */
export interface FindingGroup {
  readonly id: FindingId;
  readonly severity: Severity;
  readonly findings: readonly FindingView[];
  readonly total: number;
  readonly fixes: readonly SiteEdit[];
}

/** A cell that something was found in: the worst of it, and all of it in words. */
export interface CellMark {
  readonly severity: Severity;
  readonly says: string;
}

/** The findings by kind, in the order in which they came: worst first. */
export function groupFindings({ findings, byId }: LintView): readonly FindingGroup[] {
  const groups = new Map<FindingId, FindingView[]>();
  for (const finding of findings) {
    const known = groups.get(finding.id);
    if (known) known.push(finding);
    else groups.set(finding.id, [finding]);
  }
  return [...groups].map(([id, own]) => ({
    id,
    severity: own[0]?.severity ?? "notice",
    findings: own,
    total: byId[id] ?? own.length,
    fixes: own.flatMap(({ fix }) => fix ?? []),
  }));
}

/** As few edits as do the same: what changes tags, or makes groups, is one edit and one undo. */
export function joinFixes(fixes: readonly SiteEdit[]): readonly SiteEdit[] {
  const joined: SiteEdit[] = [];
  for (const fix of fixes) {
    const at = joined.findIndex((other) => other.kind === fix.kind);
    const before = joined[at];
    if (fix.kind === "changeTags" && before?.kind === "changeTags")
      joined[at] = { ...before, changes: [...before.changes, ...fix.changes] };
    else if (fix.kind === "putTags" && before?.kind === "putTags")
      joined[at] = {
        ...before,
        tags: [...before.tags, ...fix.tags],
        groups: [...before.groups, ...fix.groups],
      };
    else joined.push(fix);
  }
  return joined;
}

/**
 * Marks by cell, for a sheet that shows these fields; what is about another field stands at the tag's name.
 *
 * @returns by `wrongKey` of the tag and the field
 */
export function cellMarks(
  findings: readonly FindingView[],
  shown: ReadonlySet<string>,
  language: Language,
): ReadonlyMap<string, CellMark> {
  const marks = new Map<string, CellMark>();
  for (const finding of findings) {
    if (finding.tag === null) continue;
    const field = finding.field !== null && shown.has(finding.field) ? finding.field : "name";
    const key = wrongKey(finding.tag, field);
    const { says, try: advice } = sayFinding(language, finding);
    const known = marks.get(key);
    // Worst first: what is there already is no milder.
    if (known) marks.set(key, { ...known, says: `${known.says}\n${says} ${advice}` });
    else marks.set(key, { severity: finding.severity, says: `${says} ${advice}` });
  }
  return marks;
}

/** What a finding is about, in a word or two. */
export function placeOf({ tag, line, group }: FindingView): string {
  if (tag !== null) return tag.split("/").slice(2).join("/");
  return group ?? line ?? "";
}
