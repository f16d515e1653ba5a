import { ProblemError } from "#domain/problem.ts";
import { tagKey } from "#domain/tag/tag.ts";
import type { Session } from "./session.ts";

/** The key of a tag that a person named: by its key, or by its own name where only one tag has it. */
export function tagNamed(session: Session, name: string | undefined): string {
  if (name === undefined) throw new ProblemError({ code: "usage", reason: "needs a tag" });
  const tags = [...session.open.workbench.tables.tags.items()].map((view) => view.tag);
  const own = tags.filter((tag) => tag.name === name || `${tag.group}/${tag.name}` === name);
  const found = tags.find((tag) => tagKey(tag) === name) ?? (own.length === 1 ? own[0] : undefined);
  if (found) return tagKey(found);
  const reason = own.length > 1 ? `tag ${name}: ${own.map(tagKey).join(", ")}` : `tag ${name}`;
  throw new ProblemError({ code: "input.invalid", reason, at: { field: "tag" } });
}
