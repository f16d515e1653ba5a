import type { ParseArgsConfig } from "node:util";
import type { Terminal } from "./terminal.ts";

/** Exit codes of the command line. */
export const exit = { good: 0, bad: 1, wrongInput: 2, failed: 3, cancelled: 130 } as const;
export type Exit = (typeof exit)[keyof typeof exit];

export type Options = Readonly<Record<string, string | boolean | undefined>>;

export interface Call {
  /** words after the verb that are not options */
  readonly words: readonly string[];
  readonly options: Options;
  readonly terminal: Terminal;
  /** aborted by Ctrl+C */
  readonly signal: AbortSignal;
}

/** What a verb leaves: a document for `--json`, and whether what it checked is good. */
export interface Outcome {
  readonly document: unknown;
  readonly good: boolean;
  /** the world failed before there was anything to judge, and the document says how far it came */
  readonly failed?: boolean;
}

/** One word of the command line. Problems and faults it throws become exit codes 2 and 3. */
export interface Verb {
  readonly usage: string;
  readonly options: NonNullable<ParseArgsConfig["options"]>;
  run(call: Call): Promise<Outcome>;
}

/** What a verb has to show although it failed or was cancelled: joined to the document of `--json`. */
export class Unfinished extends Error {
  readonly document: object;

  /** @param cause what ended it, and decides the exit code */
  constructor(document: object, cause: unknown) {
    super("unfinished", { cause });
    this.name = "Unfinished";
    this.document = document;
  }
}

export const done = (document: unknown, good = true): Outcome => ({ document, good });
