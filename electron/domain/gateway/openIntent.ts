import type { JobLine } from "#domain/job/interruptedJobs.ts";

/** A change of a gateway as the evidence announced it before it was made. */
export interface ApplyIntent {
  readonly job: string;
  readonly at: number;
  /** digests of the configuration before and of the one that was to be there */
  readonly from: string;
  readonly to: string;
  /** nodes whose settings or existence were to change */
  readonly touched: readonly string[];
  /** nodes that were stopped before */
  readonly stopped: readonly string[];
  /** nodes that the design has */
  readonly nodes: readonly string[];
}

/** The last change of a gateway: the intent, and whether the evidence tells how it ended. */
export function lastIntent(
  lines: readonly JobLine[],
  url: string,
): { readonly intent: ApplyIntent; readonly isOpen: boolean } | undefined {
  const own = lines.filter((line) => line.body.url === url);
  const ended = (job: unknown) =>
    own.some(({ kind, body }) => body.job === job && (kind === "job.applied" || kind === "job.putBack"));
  // Settings that were lent for a drill and given back are no change that anybody would take back.
  const line = own.findLast(
    ({ kind, body }) => kind === "job.applyIntent" && !(body.lent === true && ended(body.job)),
  );
  if (line === undefined) return undefined;
  const { job, from, to, touched, stopped, nodes } = line.body;
  if (typeof job !== "string" || typeof from !== "string" || typeof to !== "string") return undefined;
  const intent = {
    job,
    at: line.at,
    from,
    to,
    touched: names(touched),
    stopped: names(stopped),
    nodes: names(nodes),
  };
  return { intent, isOpen: !ended(job) };
}

function names(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((name) => typeof name === "string") : [];
}
