import { z } from "zod";
import type { VerdictState } from "../verify/tagCheck.ts";
import { type Acceptance, type Defect, photoSchema, signatureSchema } from "./acceptance.ts";
import type { Act } from "./act.ts";
import { actSchema } from "./act.ts";
import { checklistSchema, itemsOf, type Severity } from "./checklist.ts";

/** A line of evidence, as the journal keeps it. */
export interface EvidenceLine {
  readonly at: number;
  readonly kind: string;
  readonly body: Readonly<Record<string, unknown>>;
}

/** Kinds of lines that an acceptance test writes. */
export const acceptanceLines = {
  planned: "acceptance.planned",
  recorded: "acceptance.recorded",
  photo: "acceptance.photo",
  signed: "acceptance.signed",
} as const;

const planSchema = z.object({ checklists: z.array(checklistSchema) });

type Mutable<T> = { -readonly [K in keyof T]: T[K] };
type Draft = { [K in keyof Acceptance]: Acceptance[K] extends readonly (infer I)[] ? I[] : Acceptance[K] } & {
  /** the last word of Verify on each tag */
  verdicts: Map<string, VerdictState>;
  /** number of the open defect of each thing that has one */
  openOf: Map<string, number>;
};

/**
 * Where the acceptance test stands, from the evidence alone: whatever was acknowledged is a line, and a program that
 * comes back after a crash reads the same state from the same lines. Lines that mean nothing here change nothing.
 */
export function foldAcceptance(lines: readonly EvidenceLine[]): Acceptance {
  const draft: Draft = {
    plannedAt: null,
    checklists: [],
    checks: {},
    points: {},
    forced: [],
    defects: [],
    photos: [],
    signatures: [],
    voided: [],
    verdicts: new Map(),
    openOf: new Map(),
  };
  for (const line of lines) {
    if (line.kind === "job.verified") takeVerdicts(draft, line);
    else if (line.kind === acceptanceLines.planned) takePlan(draft, line);
    else if (line.kind === acceptanceLines.photo) takePhoto(draft, line);
    else if (line.kind === acceptanceLines.signed) takeSignature(draft, line);
    else if (line.kind === acceptanceLines.recorded) {
      const act = actSchema.safeParse(line.body);
      if (act.success) takeAct(draft, act.data, line.at);
    }
  }
  const { verdicts: _, openOf: __, ...state } = draft;
  return state;
}

function takePlan(draft: Draft, line: EvidenceLine): void {
  const read = planSchema.safeParse(line.body);
  if (!read.success) return;
  const added = read.data.checklists;
  const ids = new Set(added.map(({ id }) => id));
  draft.checklists = [...draft.checklists.filter(({ id }) => !ids.has(id)), ...added];
  const isFirst = draft.plannedAt === null;
  draft.plannedAt ??= line.at;
  // What Verify found before the test began and nobody mended is the test's business too.
  if (isFirst) for (const [tag, state] of draft.verdicts) judgeTag(draft, tag, state, line.at);
}

function takeVerdicts(draft: Draft, line: EvidenceLine): void {
  for (const { key, state } of verdictsIn(line)) {
    draft.verdicts.set(key, state);
    if (draft.plannedAt !== null) judgeTag(draft, key, state, line.at);
  }
}

function verdictsIn({
  body,
}: EvidenceLine): readonly { readonly key: string; readonly state: VerdictState }[] {
  return Array.isArray(body.points) ? body.points : [];
}

function judgeTag(draft: Draft, tag: string, state: VerdictState, at: number): void {
  if (state === "waiting") return;
  const about = { kind: "tag", tag } as const;
  if (state === "same") closeByRetest(draft, about, { at, by: "", note: "", photos: [] });
  else open(draft, about, { at, by: "", says: "", severity: "major", photos: [] });
}

function takePhoto(draft: Draft, line: EvidenceLine): void {
  const read = photoSchema.safeParse(line.body);
  if (read.success && !draft.photos.some(({ sha256 }) => sha256 === read.data.sha256))
    draft.photos.push(read.data);
}

function takeSignature(draft: Draft, line: EvidenceLine): void {
  const read = signatureSchema.safeParse(line.body);
  if (read.success) draft.signatures.push(read.data);
}

function takeAct(draft: Draft, act: Act, at: number): void {
  switch (act.act) {
    case "check":
      takeCheck(draft, act, at);
      return;
    case "point":
      takePoint(draft, act, at);
      return;
    case "force": {
      const { tag, value, before, by } = act;
      draft.forced.push({ tag, value, before, at, by, released: null });
      return;
    }
    case "release": {
      const { tag, found, by } = act;
      draft.forced = draft.forced.map((one) =>
        one.tag === tag && one.released === null ? { ...one, released: { at, by, found } } : one,
      );
      return;
    }
    case "defect": {
      const { says, severity, owner, due, photos, by } = act;
      open(draft, { kind: "other" }, { at, by, says, severity, photos }, { owner, due });
      return;
    }
    case "assign": {
      const { severity, owner, due } = act;
      change(draft, act.defect, { severity, owner, due });
      return;
    }
    case "close": {
      const { by, note, photos } = act;
      change(draft, act.defect, { closed: { at, by, note, photos, byRetest: false } });
      return;
    }
    case "reopen": {
      const { reason, by } = act;
      draft.voided.push(...draft.signatures.map((one) => ({ ...one, voidedAt: at, voidedBy: by, reason })));
      draft.signatures = [];
      return;
    }
  }
}

function takeCheck(draft: Draft, act: Extract<Act, { act: "check" }>, at: number): void {
  const { item, result, note, photos, by } = act;
  const planned = itemsOf(draft.checklists).find(({ key }) => key === item);
  if (planned === undefined) return;
  draft.checks = {
    ...draft.checks,
    [item]: [...(draft.checks[item] ?? []), { at, by, result, note, photos }],
  };
  const about = { kind: "item", item } as const;
  if (result === "nok") open(draft, about, { at, by, says: note, severity: planned.severity, photos });
  else closeByRetest(draft, about, { at, by, note, photos });
}

function takePoint(draft: Draft, act: Extract<Act, { act: "point" }>, at: number): void {
  const { tag, test, note, photos, by } = act;
  draft.points = {
    ...draft.points,
    [tag]: [...(draft.points[tag] ?? []), { at, by, note, photos, ...test }],
  };
  const about = { kind: "tag", tag } as const;
  if (test.result === "fail") open(draft, about, { at, by, says: note, severity: "major", photos });
  if (test.result === "pass" || test.result === "na") closeByRetest(draft, about, { at, by, note, photos });
}

interface Opened {
  readonly at: number;
  readonly by: string;
  readonly says: string;
  readonly severity: Severity;
  readonly photos: readonly string[];
}

/** A thing that is wrong already is not opened twice, however often it is tried. */
function open(draft: Draft, about: Defect["about"], opened: Opened, given = { owner: "", due: "" }): void {
  const thing = nameOf(about);
  if (thing !== undefined && draft.openOf.has(thing)) return;
  const { at, by, says, severity, photos } = opened;
  const number = draft.defects.length + 1;
  const defect = { number, openedAt: at, openedBy: by, severity, about, says, photos, ...given };
  draft.defects.push({ ...defect, closed: null });
  if (thing !== undefined) draft.openOf.set(thing, number);
}

function closeByRetest(
  draft: Draft,
  about: Defect["about"],
  { at, by, note, photos }: Omit<Opened, "says" | "severity"> & { readonly note: string },
): void {
  const number = draft.openOf.get(nameOf(about) ?? "");
  if (number !== undefined) change(draft, number, { closed: { at, by, note, photos, byRetest: true } });
}

function change(draft: Draft, number: number, to: Partial<Mutable<Defect>>): void {
  const defect = draft.defects[number - 1];
  if (defect === undefined || defect.closed !== null) return;
  draft.defects[number - 1] = { ...defect, ...to };
  if (to.closed !== undefined) draft.openOf.delete(nameOf(defect.about) ?? "");
}

function nameOf(about: Defect["about"]): string | undefined {
  if (about.kind === "other") return undefined;
  return about.kind === "item" ? `item ${about.item}` : `tag ${about.tag}`;
}
