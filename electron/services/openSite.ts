import type { Journal } from "#capabilities/journal.ts";
import type { FailureView } from "#contract/views.ts";
import type { Problem } from "#domain/problem.ts";
import type { Site } from "#domain/site/site.ts";

/** A site in work: its document and history, and how it stands with its file. */
export interface OpenSite {
  readonly path: string;
  readonly journal: Journal;
  readonly unlock: () => Promise<void>;
  hash: string;
  site: Site;
  past: Site[];
  future: Site[];
  written: Site;
  notice: FailureView | null;
  /** set when the file may not be written any more */
  readOnly: boolean;
  /** why the last write failed; undefined when it did not */
  unwritten: unknown;
}

/** Why it may not be edited. */
export function readOnlyProblem({ notice, path }: OpenSite): Problem {
  return notice?.code === "file.changedOutside"
    ? { code: "file.changedOutside", path }
    : { code: "site.readOnly", reason: notice?.code ?? "" };
}
