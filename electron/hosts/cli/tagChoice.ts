import { type CallInput, calls } from "#contract/contract.ts";
import { ProblemError } from "#domain/problem.ts";
import type { Call } from "./verb.ts";

type Choice = NonNullable<CallInput<"tags.preview">["choice"]>;

/** What a person says about a file of tags on the command line. */
export const choiceOptions = {
  format: { type: "string" },
  encoding: { type: "string" },
  sheet: { type: "string" },
  map: { type: "string", multiple: true },
  unit: { type: "string" },
  area: { type: "string" },
  base: { type: "string" },
  numbers: { type: "string" },
  order: { type: "string" },
  start: { type: "string" },
  factor: { type: "string", multiple: true },
} as const;

export const choiceUsage =
  "[--format F] [--sheet NAME] [--map name=COLUMN]… [--unit N] [--area holding] [--base 0|1] [--numbers digit|plain] [--order CDAB] [--encoding gb18030] [--start N] [--factor W_SF=-1]…";

/** @throws ProblemError usage for a word that no choice has */
export function tagChoice({ options }: Call): Choice {
  const text = (name: keyof typeof choiceOptions) => {
    const value = options[name];
    return typeof value === "string" ? value : undefined;
  };
  const whole = (name: keyof typeof choiceOptions) => {
    const value = text(name);
    return value === undefined ? undefined : Number(value);
  };
  const said = {
    format: text("format"),
    encoding: text("encoding"),
    sheet: text("sheet"),
    columns: pairs(options.map, (title) => title),
    unitNumber: whole("unit"),
    area: text("area"),
    base: whole("base"),
    numbers: text("numbers"),
    order: text("order")?.toUpperCase(),
    start: whole("start"),
    factors: pairs(options.factor, Number),
  };
  const choice = Object.fromEntries(Object.entries(said).filter(([, value]) => value !== undefined));
  const read = calls["tags.preview"].input.shape.choice.safeParse(choice);
  if (read.success) return read.data ?? {};
  const at = read.error.issues[0]?.path.join(".") ?? "";
  throw new ProblemError({
    code: "usage",
    reason: `--${optionOf[at.split(".")[0] ?? ""] ?? at} does not fit`,
  });
}

const optionOf: Readonly<Record<string, string>> = { columns: "map", unitNumber: "unit", factors: "factor" };

/** `name=value` words as members; undefined where none was given. */
function pairs<T>(given: unknown, value: (text: string) => T): Readonly<Record<string, T>> | undefined {
  if (!Array.isArray(given)) return undefined;
  return Object.fromEntries(
    given.map((word: string) => {
      const [name = "", ...rest] = word.split("=");
      return [name.trim(), value(rest.join("=").trim())];
    }),
  );
}
