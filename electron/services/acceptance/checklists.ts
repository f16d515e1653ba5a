import { type Checklist, parseChecklist } from "#domain/acceptance/checklist.ts";
import type { Problem } from "#domain/problem.ts";
import type { World } from "../world.ts";

/** All templates that can be read, the first of each id, and what is wrong with the others. */
export async function readChecklists(world: Pick<World, "checklists">): Promise<{
  readonly checklists: readonly Checklist[];
  readonly problems: readonly Problem[];
}> {
  const checklists = new Map<string, Checklist>();
  const problems: Problem[] = [];
  for (const { name, text } of await world.checklists.list()) {
    const read = parseChecklist(name, text);
    if (!read.ok) problems.push(read.problem);
    else if (checklists.has(read.value.id))
      problems.push({ code: "checklist.malformed", file: name, reason: `${read.value.id} is there twice` });
    else checklists.set(read.value.id, read.value);
  }
  return { checklists: [...checklists.values()], problems };
}
