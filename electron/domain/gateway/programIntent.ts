import type { JobLine } from "#domain/job/interruptedJobs.ts";
import type { Program } from "./program.ts";

/** A change of a program beside Neuron as the evidence announced it before it was made. */
export interface ProgramIntent {
  readonly job: string;
  readonly at: number;
  /** digests of what ran before and of what was to run */
  readonly from: string;
  readonly to: string;
  /** bridges and rules whose passwords were to change */
  readonly touched: readonly string[];
  /** what the site has there with the change, and what it had before */
  readonly own: readonly string[];
  readonly ownBefore: readonly string[];
  /** the program does not show whether the change was finished, so that digests do not tell either */
  readonly blind: boolean;
}

/** The last change of such a program: the intent, and whether the evidence tells how it ended. */
export function lastProgramIntent(
  lines: readonly JobLine[],
  program: Program,
  url: string,
): { readonly intent: ProgramIntent; readonly isOpen: boolean } | undefined {
  const of = lines.filter(({ body }) => body.program === program && body.url === url);
  const line = of.findLast(({ kind }) => kind === "job.programIntent");
  if (line === undefined) return undefined;
  const { job, from, to, touched, own, ownBefore, blind } = line.body;
  if (typeof job !== "string" || typeof from !== "string" || typeof to !== "string") return undefined;
  const isOpen = !of.some(({ kind, body }) => {
    return body.job === job && (kind === "job.programApplied" || kind === "job.programPutBack");
  });
  const intent = {
    job,
    at: line.at,
    from,
    to,
    touched: names(touched),
    own: names(own),
    ownBefore: names(ownBefore),
    blind: blind === true,
  };
  return { intent, isOpen };
}

/** What this site has in the program by the changes that were kept. */
export function ownItems(lines: readonly JobLine[], program: Program, url: string): readonly string[] {
  const applied = lines.findLast(({ kind, body }) => {
    return kind === "job.programApplied" && body.program === program && body.url === url;
  });
  return names(applied?.body.own);
}

function names(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((name) => typeof name === "string") : [];
}
