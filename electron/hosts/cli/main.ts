import { parseArgs } from "node:util";
import { failuresOf } from "#contract/failure.ts";
import type { Language } from "#contract/words/say.ts";
import { ProblemError } from "#domain/problem.ts";
import { version } from "../compose.ts";
import { terminal } from "./terminal.ts";
import { type Exit, exit, Unfinished, type Verb } from "./verb.ts";
import { verbs } from "./verbs.ts";

const common = {
  json: { type: "boolean" },
  help: { type: "boolean", short: "h" },
  version: { type: "boolean" },
  lang: { type: "string" },
} as const;

/** Runs one call of the command line and resolves to its exit code. */
async function run(words: readonly string[]): Promise<Exit> {
  const [name = "", ...rest] = words;
  const output = terminal(words.includes("--json"), languageOf(words));
  const controller = new AbortController();
  const stop = () => controller.abort(new Error("cancelled"));
  process.once("SIGINT", stop);
  process.once("SIGTERM", stop);
  try {
    if (name === "--version") {
      output.line(version);
      return exit.good;
    }
    const verb = Object.hasOwn(verbs, name) ? verbs[name as keyof typeof verbs] : undefined;
    if (!verb) {
      if (name === "" || name === "--help" || name === "-h" || name === "help") {
        for (const text of usage()) output.line(text);
        return exit.good;
      }
      throw new ProblemError({ code: "usage", reason: `unknown verb "${name}"` });
    }
    const { values, positionals } = parse(rest, verb);
    if (values.help) {
      output.line(verb.usage);
      return exit.good;
    }
    const call = { words: positionals, options: values, terminal: output, signal: controller.signal };
    if (values.watch) process.stdout.once("error", stop);
    const outcome = await verb.run(call);
    output.json(outcome.document);
    if (outcome.failed) return exit.failed;
    return outcome.good ? exit.good : exit.bad;
  } catch (thrown) {
    const [error, shown] = thrown instanceof Unfinished ? [thrown.cause, thrown.document] : [thrown, {}];
    if (controller.signal.aborted) {
      output.json({ cancelled: true, ...shown });
      return exit.cancelled;
    }
    const failures = failuresOf(error);
    for (const failure of failures) output.failure(failure);
    output.json({ failures, ...shown });
    return error instanceof ProblemError ? exit.wrongInput : exit.failed;
  }
}

/** `--expect -5` means the number, which otherwise would be taken for another option. */
function withNegativeNumbers(words: readonly string[]): string[] {
  const joined: string[] = [];
  for (const word of words) {
    const before = joined.at(-1) ?? "";
    if (/^-[\d.]/.test(word) && /^--[a-z]+$/.test(before)) joined.splice(-1, 1, `${before}=${word}`);
    else joined.push(word);
  }
  return joined;
}

function parse(words: readonly string[], verb: Verb) {
  try {
    return parseArgs({
      args: withNegativeNumbers(words),
      options: { ...common, ...verb.options },
      allowPositionals: true,
    }) as {
      values: Record<string, string | boolean | undefined>;
      positionals: string[];
    };
  } catch (error) {
    const reason = error instanceof Error ? error.message.split(". ")[0] : String(error);
    throw new ProblemError({ code: "usage", reason: `${reason}\n  ${verb.usage}` });
  }
}

function usage(): readonly string[] {
  return [
    `lastmile ${version}`,
    "",
    ...Object.values(verbs).map((verb) => `  lastmile ${verb.usage}`),
    "",
    "  --json  one JSON document on stdout    --lang en|zh    -h  help of one verb",
    "  exit: 0 done and good · 1 done, verdict bad · 2 wrong input · 3 the world failed · 130 cancelled",
  ];
}

function languageOf(words: readonly string[]): Language {
  const at = words.indexOf("--lang");
  const given = at >= 0 ? words[at + 1] : words.find((word) => word.startsWith("--lang="))?.slice(7);
  const { LC_ALL, LC_MESSAGES, LANG } = process.env;
  return (given ?? (LC_ALL || LC_MESSAGES || LANG))?.startsWith("zh") ? "zh" : "en";
}

// Whoever reads us may stop, as `head` does: what was begun is finished, and the rest of the text goes nowhere.
for (const stream of [process.stdout, process.stderr]) stream.on("error", () => undefined);

run(process.argv.slice(2)).then(
  // Open sockets of a library must not keep a finished call alive; what must be kept is on the disk by now.
  (code) => process.stdout.write("", () => process.exit(code)),
  (error) => {
    console.error(error);
    process.exit(exit.failed);
  },
);
