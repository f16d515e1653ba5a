import type { AcceptanceView } from "#contract/acceptanceViews.ts";
import type { Act } from "#domain/acceptance/act.ts";
import type { Checklist, PlannedItem, Severity } from "#domain/acceptance/checklist.ts";

export type Result = "ok" | "nok" | "na";

/** One line of the checklist as it is shown. */
export interface CheckRow {
  readonly item: PlannedItem;
  /** the last attempt's; undefined: not judged */
  readonly result: Result | undefined;
  readonly note: string;
  readonly photos: number;
  readonly attempts: number;
}

export interface CheckSection {
  readonly key: string;
  readonly title: { readonly en: string; readonly zh: string };
  readonly rows: readonly CheckRow[];
}

/** The plan in its order, each item with what was said last. */
export function sectionsOf({ checklists, checks }: AcceptanceView["state"]): readonly CheckSection[] {
  return checklists.flatMap((list) =>
    list.sections.map((section) => ({
      key: `${list.id}/${section.id}`,
      title: section.title,
      rows: section.items.map((item) => {
        const key = `${list.id}/${section.id}/${item.id}`;
        const attempts = checks[key] ?? [];
        const last = attempts.at(-1);
        return {
          item: { ...item, key } as PlannedItem,
          result: last?.result,
          note: last?.note ?? "",
          photos: last?.photos.length ?? 0,
          attempts: attempts.length,
        };
      }),
    })),
  );
}

/** The section's place in the plan as people count: how many of its items are judged. */
export function judgedIn(section: CheckSection): number {
  return section.rows.filter(({ result }) => result !== undefined).length;
}

/** What a key means on a line of the checklist. */
export function resultOfKey(key: string): Result | undefined {
  return { o: "ok", n: "nok", a: "na" }[key.toLowerCase()] as Result | undefined;
}

/** The item before or after, within the plan; the same at its ends. */
export function neighbour(sections: readonly CheckSection[], key: string, step: 1 | -1): string {
  const keys = sections.flatMap(({ rows }) => rows.map(({ item }) => item.key));
  const at = keys.indexOf(key) + step;
  return keys[Math.max(0, Math.min(keys.length - 1, at))] ?? key;
}

/** Where to go on after a test was left: the first item that nobody judged, else the first. */
export function firstLeft(sections: readonly CheckSection[]): string {
  const rows = sections.flatMap((section) => section.rows);
  return (rows.find(({ result }) => result === undefined) ?? rows[0])?.item.key ?? "";
}

export type PointDraft = Extract<Act, { act: "point" }>["test"] & {
  readonly tag: string;
  readonly note: string;
};

export const alarmLimits = ["LL", "L", "H", "HH"] as const;

export const newPointDraft: PointDraft = {
  tag: "",
  note: "",
  result: "pass",
  stimulus: { kind: "none", applied: "", instrument: "", calibratedOn: "" },
  expected: "",
  tolerance: "",
  shown: "",
  alarms: alarmLimits.map((limit) => ({ limit, expected: "", actual: "" })),
  write: { before: "", written: "", readBack: "", restored: "" },
};

/** What goes on record of a draft: limits and writes that nobody filled in were not tested. */
export function actOfDraft({ tag, note, ...test }: PointDraft, by: string): Act {
  const wrote = test.write !== null && Object.values(test.write).some((text) => text !== "");
  const alarms = test.alarms.filter(({ expected, actual }) => expected !== "" || actual !== "");
  return {
    act: "point",
    tag,
    note,
    photos: [],
    by,
    test: { ...test, alarms, write: wrote ? test.write : null },
  };
}

export interface DefectDraft {
  readonly says: string;
  readonly severity: Severity;
  readonly owner: string;
  readonly due: string;
  readonly note: string;
}

/** A day as the evidence wants it, or empty; anything else is a typing error. */
export function isDay(text: string): boolean {
  return text === "" || /^\d{4}-\d{2}-\d{2}$/.test(text);
}

/** Checklists that are not in the plan yet. */
export function notPlanned<T extends { readonly id: string }>(
  all: readonly T[],
  planned: readonly Pick<Checklist, "id">[],
): readonly T[] {
  return all.filter(({ id }) => !planned.some((one) => one.id === id));
}
