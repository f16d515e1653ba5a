import { isObject, type Json, type JsonObject, parseJson } from "../json.ts";
import type { Report } from "./formats.ts";
import type { Shown } from "./payload.ts";

const contents: Readonly<Record<string, (report: Report) => Json>> = {
  "${timestamp}": (report) => report.timestamp,
  "${node}": (report) => report.node,
  "${group}": (report) => report.group,
  "${tags}": (report) => [...values(report), ...errors(report)],
  "${tag_values}": (report) => Object.fromEntries(good(report).map((tag) => [tag.name, tag.plain])),
  "${tag_errors}": errors,
  "${tag_error_values}": (report) => Object.fromEntries(bad(report).map((tag) => [tag.name, tag.error])),
  "${static_tags}": (report) => Object.entries(report.staticTags).map(([name, value]) => ({ name, value })),
  "${static_tag_values}": (report) => report.staticTags,
};

/** The variables that a custom schema may hold; an unknown one refuses the settings. */
export const customVariables: ReadonlySet<string> = new Set(Object.keys(contents));

/** A message after the node's own schema. */
export function customMessage(report: Report, schema: Json | undefined): JsonObject {
  const document = typeof schema === "string" ? parseJson(schema) : undefined;
  return isObject(document) ? fill(document, report) : {};
}

function fill(document: JsonObject, report: Report): JsonObject {
  const message: Record<string, Json> = {};
  for (const [key, value] of Object.entries(document)) {
    if (isObject(value)) {
      message[key] = fill(value, report);
      // The measured gateway drops every key after the first nested object.
      break;
    }
    const variable = typeof value === "string" && customVariables.has(value) ? contents[value] : undefined;
    message[key] = variable?.(report) ?? value ?? "";
  }
  return message;
}

function values(report: Report): readonly JsonObject[] {
  return good(report).map(({ name, plain }) => ({ name, value: plain }));
}

function errors(report: Report): readonly JsonObject[] {
  return bad(report).map(({ name, error }) => ({ name, error }));
}

function good(report: Report): readonly Shown[] {
  return report.tags.filter((tag) => tag.plain !== undefined);
}

function bad(report: Report): readonly Shown[] {
  return report.tags.filter((tag) => tag.error !== undefined);
}
