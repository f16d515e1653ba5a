import { lintTag } from "../gateway/lintTag.ts";
import type { Problem } from "../problem.ts";
import type { Sliced } from "../sliced.ts";
import { type Tag, type TagType, tagKey, tagTypes } from "../tag/tag.ts";
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

const tagsASlice = 1000;

/** Everything that can be said of a tag by itself. */
export function* lintTags(tags: readonly Tag[], report: Report): Sliced<void> {
  const goodShapes = new Set<number>();
  for (const [index, tag] of tags.entries()) {
    if (index % tagsASlice === 0) yield;
    if (mayBeRefused(tag, goodShapes)) lintRefused(tag, report);
    lintMeaning(tag, report);
  }
}

/**
 * Whether the rules of the gateway have to be gone through. Most tags of a site have one of a few shapes, and a shape
 * that was good once is good at every place; short texts fit whatever their letters are.
 */
function mayBeRefused(tag: Tag, goodShapes: Set<number>): boolean {
  const { name, group, description, unit, address } = tag;
  const isShort = name.length < 42 && group.length < 42 && description.length < 85 && unit.length <= 5;
  const isPlain = isShort && name !== "" && name.charCodeAt(0) > 32 && address.offset < 65_400;
  const shape = isPlain && hasUsualNumbers(tag) ? shapeOf(tag) : undefined;
  if (shape !== undefined && goodShapes.has(shape)) return false;
  if (lintTag(tag, "").length > 0) return true;
  if (shape !== undefined) goodShapes.add(shape);
  return false;
}

function hasUsualNumbers({ type, scale, bias, precision }: Tag): boolean {
  if (type === "bit" || type === "string" || type === "bytes")
    return scale === 1 && bias === 0 && precision === 0;
  const isWhole = Number.isInteger(precision) && precision >= 0 && precision <= 17;
  return isWhole && scale !== 0 && Number.isFinite(scale) && Number.isFinite(bias);
}

const orderRank = { L: 1, B: 2, LL: 3, LB: 4, BL: 5, BB: 6, WS: 7, WR: 8 } as const;
const areaRank = { coil: 0, discrete: 1, input: 2, holding: 3 } as const;

/** What an address looks like wherever it is, its type and its access, as one number. */
function shapeOf({ address, type, access }: Tag): number {
  const { area, order, bit = -1, length = 0, stringOrder } = address;
  let shape = typeRank.get(type) as number;
  shape = shape * 4 + areaRank[area];
  shape = shape * 9 + (order === undefined ? 0 : orderRank[order]);
  shape = shape * 17 + bit + 1;
  shape = shape * 256 + length;
  shape = shape * 3 + (stringOrder === undefined ? 0 : stringOrder === "H" ? 1 : 2);
  return shape * 3 + (access.length === 0 ? 0 : access.includes("write") ? 2 : 1);
}

const typeRank = new Map<TagType, number>(tagTypes.map((type, rank) => [type, rank]));

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
