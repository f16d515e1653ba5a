import type { Problem } from "../problem.ts";
import { ok, type Result, refused } from "../result.ts";
import { type ExactJson, parseExactJson, printExactJson } from "./exactJson.ts";
import { errorsOf, type GroupState, listText, type Member, objectText, valuesOf } from "./payloadText.ts";

type Schema = { readonly [name: string]: ExactJson };

/** What stands for a variable of a custom schema. Values come without their tags' precision, as measured. */
const variables = new Map<string, (state: GroupState) => string>([
  ["timestamp", ({ timestamp }) => String(timestamp)],
  ["node", ({ node }) => JSON.stringify(node)],
  ["group", ({ group }) => JSON.stringify(group)],
  [
    "tags",
    ({ tags }) => listText([...named("value", valuesOf(tags, true)), ...named("error", errorsOf(tags))]),
  ],
  ["tag_values", ({ tags }) => objectText(valuesOf(tags, true))],
  ["tag_errors", ({ tags }) => listText(named("error", errorsOf(tags)))],
  ["tag_error_values", ({ tags }) => objectText(errorsOf(tags))],
  ["static_tags", () => "[]"],
  ["static_tag_values", () => "{}"],
]);

const deepest = 3;
const longest = 127;

/**
 * Reads the schema of Neuron's custom format: an object of texts, which are variables or stand as they are, and of
 * objects of such. Problems: `file.notJson`; `input.invalid` where the gateway would refuse it.
 */
export function readCustomSchema(text: string): Result<Schema, Problem> {
  const json = parseExactJson(text);
  if (!json.ok) return json;
  const flaw = isObject(json.value) ? flawOf(json.value, 1) : "an object";
  if (flaw !== undefined)
    return refused({ code: "input.invalid", reason: `schema: ${flaw}`, at: { field: "schema" } });
  return ok(json.value as Schema);
}

/** The members of a message after a schema. */
export function customMembers(state: GroupState, schema: Schema): readonly Member[] {
  const members: Member[] = [];
  for (const [name, value] of Object.entries(schema)) {
    if (isObject(value)) {
      members.push([name, objectText(customMembers(state, value))]);
      // The measured gateway leaves out what follows the first object.
      break;
    }
    const variable = typeof value === "string" ? variables.get(variableIn(value) ?? "") : undefined;
    members.push([name, variable ? variable(state) : printExactJson(value)]);
  }
  return members;
}

function flawOf(schema: Schema, depth: number): string | undefined {
  if (depth > deepest) return `nested deeper than ${deepest}`;
  for (const [name, value] of Object.entries(schema)) {
    if (name.length > longest) return `${name.slice(0, 20)}…`;
    const flaw = isObject(value) ? flawOf(value, depth + 1) : textFlaw(name, value);
    if (flaw !== undefined) return flaw;
  }
  return undefined;
}

function textFlaw(name: string, value: ExactJson): string | undefined {
  if (typeof value !== "string" || value.length > longest) return name;
  const variable = variableIn(value);
  return variable !== undefined && !variables.has(variable) ? value : undefined;
}

/** `${name}` → name; undefined of a text that stands as it is. */
function variableIn(text: string): string | undefined {
  return text.match(/^\$\{(.*)\}$/)?.[1];
}

function named(kind: "value" | "error", members: readonly Member[]): readonly string[] {
  return members.map(([name, text]) =>
    objectText([
      ["name", JSON.stringify(name)],
      [kind, text],
    ]),
  );
}

function isObject(value: ExactJson): value is Schema {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
