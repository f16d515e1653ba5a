import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type Checklist, parseChecklist } from "#domain/acceptance/checklist.ts";
import { resourceFolder } from "#hosts/cli/folders.ts";

export const checklistFolder = join(resourceFolder, "checklists");
export const checklistFiles = readdirSync(checklistFolder).filter((name) => name !== "checklist.schema.json");

/** A template that ships. */
export function shippedChecklist(name: string): Checklist {
  const read = parseChecklist(name, readFileSync(join(checklistFolder, name), "utf8"));
  if (!read.ok) throw new Error(JSON.stringify(read.problem));
  return read.value;
}

const both = (text: string) => ({ en: text, zh: text });

/** Two items, one of each severity. */
export const smallChecklist: Checklist = {
  id: "small",
  version: 1,
  title: both("Small"),
  source: both("House practice"),
  sections: [
    {
      id: "power",
      title: both("Power"),
      items: [
        { id: "cut", severity: "major", says: both("It comes back") },
        { id: "label", severity: "minor", says: both("It is labelled") },
      ],
    },
  ],
};
