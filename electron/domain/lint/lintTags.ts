import { lintTag } from "../gateway/lintTag.ts";
import type { Problem } from "../problem.ts";
import { type Tag, tagKey } from "../tag/tag.ts";
import { utf8Length } from "../utf8.ts";
import type { FindingId, Report } from "./finding.ts";

/** What a gateway's table of a problem's members calls for, by the member that is wrong. */
const ofMember: Readonly<Record<string, FindingId>> = {
  address: "tag.address.unfit",
  access: "tag.access.readOnly",
  scale: "tag.number.invalid",
  bias: "tag.number.invalid",
  precision: "tag.number.invalid",
  description: "tag.description.long",
  unit: "tag.unit.long",
};

/** Everything that can be said of a tag by itself. */
export function lintTags(tags: readonly Tag[], report: Report): void {
  const shapes = new Set<string>();
  for (const tag of tags) {
    if (mayBeRefused(tag, shapes)) lintRefused(tag, report);
    lintMeaning(tag, report);
  }
}

/**
 * Whether the rules of the gateway have to be gone through. Most tags of a site have one of a few shapes, and a shape
 * that was good once is good at every place; texts of ASCII are measured by their length.
 */
function mayBeRefused(tag: Tag, goodShapes: Set<string>): boolean {
  const { address, type, access, scale, bias, precision } = tag;
  const { area, order, bit, length, stringOrder } = address;
  const shape = `${type} ${area} ${order} ${bit} ${length} ${stringOrder} ${access.length} ${access.includes("write")} ${scale} ${bias} ${precision}`;
  const isShort = tag.name.length < 42 && tag.group.length < 42 && tag.description.length < 85;
  const isPlain = isShort && tag.unit.length <= 5 && tag.name.trim() !== "";
  if (isPlain && address.offset < 65_400 && goodShapes.has(shape)) return false;
  if (lintTag(tag, "").length > 0) return true;
  goodShapes.add(shape);
  return false;
}

function lintRefused(tag: Tag, report: Report): void {
  for (const problem of lintTag(tag, "")) {
    const { at, ...rest } = problem;
    const field = at?.field?.replace(/^\./, "") ?? "";
    const { code: _, ...facts } = rest;
    // Told once, of the group itself.
    if (field === "group") continue;
    const id = idOf(problem, field);
    report({ id, tag: tagKey(tag), field, facts: { ...factsOf(id, tag), ...(facts as object) } });
  }
}

function idOf(problem: Problem, field: string): FindingId {
  if (problem.code === "tag.nameMissing") return "tag.name.missing";
  if (problem.code === "tag.nameTooLong") return "tag.name.long";
  if (problem.code === "tag.accessUnfit" && problem.reason === "none") return "tag.access.none";
  return ofMember[field] ?? "tag.address.unfit";
}

function factsOf(id: FindingId, tag: Tag): Readonly<Record<string, string | number>> {
  return id === "tag.address.unfit" ? { name: tag.name, type: tag.type } : { name: tag.name };
}

/** What a gateway takes and then shows or writes otherwise than one may think. */
function lintMeaning(tag: Tag, report: Report): void {
  const { name, type, scale, bias, precision, access, address } = tag;
  const isReal = type === "float" || type === "double";
  const isNumber = type !== "bit" && type !== "string" && type !== "bytes";
  const say = (id: FindingId, field: string, facts: Readonly<Record<string, string | number>> = {}) =>
    report({ id, tag: tagKey(tag), field, facts: { name, ...facts } });
  if (isNumber && precision === 0 && (isReal || scale % 1 !== 0)) say("tag.precision.missing", "precision");
  if (isNumber && scale !== 1 && tag.unit === "") say("tag.scale.noUnit", "unit", { scale });
  if (bias !== 0 && access.includes("write")) say("tag.bias.write", "access", { bias });
  if (type === "int64" || type === "uint64") say("tag.value.past53", "type", { type });
  if (type === "string" && address.length !== undefined && address.length % 2 === 1) {
    say("tag.string.odd", "address", { length: address.length });
  }
}

/** A name that a gateway cannot keep: more than 127 bytes. */
export function isLongName(name: string): boolean {
  return name.length > 42 && utf8Length(name) > 127;
}
