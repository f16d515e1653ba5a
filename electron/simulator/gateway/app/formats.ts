import { type Json, type JsonObject, printJson } from "../json.ts";
import { customMessage } from "./customFormat.ts";
import type { Shown } from "./payload.ts";

/** One message: a group's tags as they are to be sent. */
export interface Report {
  readonly node: string;
  readonly group: string;
  /** time of publishing, not of reading, as the gateway has it */
  readonly timestamp: number;
  readonly tags: readonly Shown[];
  readonly staticTags: JsonObject;
}

/** A message in the format of an MQTT node: 0 values, 1 tags, 2 ECP, 3 custom. */
export function formatReport(report: Report, format: number, schema: Json | undefined): string {
  const { node, group, timestamp } = report;
  if (format === 3) return printJson(customMessage(report, schema));
  if (format === 1)
    return printJson({ node, group, timestamp, tags: [...tagList(report), ...staticList(report)] });
  if (format === 2)
    return printJson({ node, group, timestamp, tags: [...ecpList(report), ...ecpStatics(report)] });
  const good = report.tags.filter((tag) => tag.value !== undefined);
  const bad = report.tags.filter((tag) => tag.error !== undefined);
  return printJson({
    node,
    group,
    timestamp,
    values: { ...Object.fromEntries(good.map((tag) => [tag.name, tag.value])), ...report.staticTags },
    errors: Object.fromEntries(bad.map((tag) => [tag.name, tag.error])),
    metas: {},
  });
}

function tagList(report: Report): readonly JsonObject[] {
  return report.tags.map(({ name, value, error }) => ({ name, value, error }));
}

function staticList(report: Report): readonly JsonObject[] {
  return Object.entries(report.staticTags).map(([name, value]) => ({ name, value }));
}

function ecpList(report: Report): readonly JsonObject[] {
  return report.tags
    .filter((tag) => tag.error === undefined)
    .map(({ name, value, kind }) => ({
      name,
      value: Array.isArray(value) ? printJson(value as Json) : value,
      type: kind,
    }));
}

function ecpStatics(report: Report): readonly JsonObject[] {
  return Object.entries(report.staticTags).map(([name, value]) => ({ name, value, type: ecpKind(value) }));
}

function ecpKind(value: Json | undefined): number {
  if (typeof value === "boolean") return 1;
  if (typeof value === "number") return Number.isInteger(value) ? 2 : 3;
  return typeof value === "bigint" ? 2 : 4;
}
