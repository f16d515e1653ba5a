import { z } from "zod";
import { parsedJson } from "../parsedJson.ts";
import type { Problem } from "../problem.ts";
import { ok, type Result, refused } from "../result.ts";

const word = z.string().regex(/^[a-z][a-z0-9-]{0,39}$/);
const bothLanguages = z.strictObject({ en: z.string().min(1).max(400), zh: z.string().min(1).max(400) });

export const severities = ["major", "minor"] as const;
export type Severity = (typeof severities)[number];

/** One thing to look at or to try. `how`: what to do and what must be seen, where the sentence alone is not enough. */
const checklistItemSchema = z.strictObject({
  id: word,
  severity: z.enum(severities),
  says: bothLanguages,
  how: bothLanguages.exactOptional(),
});

/** A template of an acceptance test, as resources/checklists holds them. */
export const checklistSchema = z.strictObject({
  id: word,
  version: z.int().min(1),
  title: bothLanguages,
  /** the practice that it follows: a standard's number, or a trade's custom */
  source: bothLanguages,
  sections: z
    .array(
      z.strictObject({
        id: word,
        title: bothLanguages,
        items: z.array(checklistItemSchema).min(1).max(60).readonly(),
      }),
    )
    .min(1)
    .max(20)
    .readonly(),
});
export type Checklist = z.infer<typeof checklistSchema>;
type ChecklistItem = z.infer<typeof checklistItemSchema>;

/** An item with its name in the whole plan: `<checklist>/<section>/<item>`. */
export interface PlannedItem extends ChecklistItem {
  readonly key: string;
}

export function itemsOf(checklists: readonly Checklist[]): readonly PlannedItem[] {
  return checklists.flatMap(({ id, sections }) =>
    sections.flatMap((section) =>
      section.items.map((item) => ({ ...item, key: `${id}/${section.id}/${item.id}` })),
    ),
  );
}

/** Reads a template; `checklist.malformed` with the field that does not fit, or the item that is there twice. */
export function parseChecklist(file: string, text: string): Result<Checklist, Problem> {
  const read = checklistSchema.safeParse(parsedJson(text));
  if (!read.success) {
    const [issue] = read.error.issues;
    const reason = `${issue?.path.map(String).join(".")}: ${issue?.message}`;
    return refused({ code: "checklist.malformed", file, reason });
  }
  const keys = itemsOf([read.data]).map(({ key }) => key);
  const twice = keys.find((key, index) => keys.indexOf(key) !== index);
  if (twice !== undefined)
    return refused({ code: "checklist.malformed", file, reason: `${twice} is there twice` });
  return ok(read.data);
}
