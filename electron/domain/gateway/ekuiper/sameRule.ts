import type { Rule, Stream } from "#domain/site/site.ts";

/** What eKuiper fills into a rule's options by itself; the first is what it means by saying nothing. */
const usualOptions: Readonly<Record<string, readonly unknown[]>> = {
  debug: [false],
  logFilename: [""],
  isEventTime: [false],
  lateTolerance: ["1s", 1000],
  concurrency: [1],
  bufferLength: [1024],
  sendMetaToSink: [false],
  sendNilField: [false],
  sendError: [false],
  qos: [0],
  checkpointInterval: ["5m0s", 300_000],
  cron: [""],
  duration: [""],
  cronDatetimeRange: [null],
  disableBufferFullDiscard: [false],
  enableSaveStateBeforeStop: [false],
  notifySub: [false],
};

/** Options that it always fills in with more than one value, and that no site decides unless it names them. */
const ownOptions = new Set(["restartStrategy", "planOptimizeStrategy"]);

/** A statement without the noise of line breaks, indents and its closing semicolon. */
export function plainSql(sql: string): string {
  return sql
    .replace(/\s+/g, " ")
    .replace(/\s*;\s*$/, "")
    .trim();
}

export function sameStream(one: Stream, other: Stream): boolean {
  return one.name === other.name && plainSql(one.sql) === plainSql(other.sql);
}

/** The texts by which two rules are compared: equal texts mean the same to eKuiper. */
export function ruleText({ sql, actions, options }: Rule): string {
  return JSON.stringify({ sql: plainSql(sql), actions: sorted(actions), options: sorted(ownOf(options)) });
}

function ownOf(options: Rule["options"]): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(options).filter(([name, value]) => {
      if (ownOptions.has(name)) return false;
      return !usualOptions[name]?.some((usual) => JSON.stringify(usual) === JSON.stringify(value));
    }),
  );
}

/** Members in one order, however deep. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .toSorted(([one], [other]) => (one < other ? -1 : 1))
      .map(([name, member]) => [name, sorted(member)]),
  );
}
