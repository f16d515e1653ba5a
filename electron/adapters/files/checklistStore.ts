import type { ChecklistStore } from "#capabilities/checklistStore.ts";
import { jsonFilesIn } from "./jsonFiles.ts";

/**
 * Checklists: `*.json` of two folders, without the schema beside them.
 *
 * @param own a person's own; it need not be there
 */
export function checklistStore(shipped: string, own: string): ChecklistStore {
  const filesIn = (folder: string) => jsonFilesIn(folder, "checklist.schema.json");
  return {
    list: async () => [...(await filesIn(shipped)), ...(await filesIn(own))],
  };
}
