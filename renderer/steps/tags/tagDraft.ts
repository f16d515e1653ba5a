import { lintTag } from "#domain/gateway/lintTag.ts";
import type { Problem } from "#domain/problem.ts";
import { parseAddress } from "#domain/tag/parseAddress.ts";
import { printAddress } from "#domain/tag/printAddress.ts";
import { type Access, accesses, type Tag, type TagType, tagKey } from "#domain/tag/tag.ts";

/** A tag as typed: address and numbers stay text until they are read. */
export interface TagDraft {
  readonly line: string;
  readonly group: string;
  readonly name: string;
  readonly address: string;
  readonly type: TagType;
  readonly access: readonly Access[];
  readonly scale: string;
  readonly bias: string;
  readonly precision: string;
  readonly unit: string;
  readonly description: string;
  /** the manual's address, which belongs to the tag's address as it was */
  readonly manual?: { readonly text: string; readonly of: string };
}

export type TagField = Exclude<keyof TagDraft, "manual">;

/** The tag that a draft describes, or the first problem of each wrong field. */
export type DraftReading =
  | { readonly tag: Tag; readonly problems?: undefined }
  | { readonly tag?: undefined; readonly problems: Partial<Record<TagField, Problem>> };

export function draftOfTag({ manual, ...tag }: Tag): TagDraft {
  const address = printAddress(tag.address);
  return {
    ...tag,
    address,
    ...(manual !== undefined && { manual: { text: manual, of: address } }),
    scale: String(tag.scale),
    bias: String(tag.bias),
    precision: String(tag.precision),
  };
}

/** A tag to begin with: the first holding register of the unit, as a 16-bit number. */
export function newDraft(line: string, group: string, name: string, unit: number): TagDraft {
  return {
    line,
    group,
    name,
    address: `${unit}!400001`,
    type: "uint16",
    access: ["read"],
    scale: "1",
    bias: "0",
    precision: "0",
    unit: "",
    description: "",
  };
}

/**
 * @param taken whether another tag of the site already has this key
 */
export function readDraft(draft: TagDraft, taken: (key: string) => boolean): DraftReading {
  const problems: Partial<Record<TagField, Problem>> = {};
  const group = draft.group.trim();
  if (group === "") problems.group = { code: "name.empty", what: "group" };
  const address = parseAddress(draft.address, draft.type);
  if (!address.ok) problems.address = address.problem;
  const numbers = { scale: 1, bias: 0, precision: 0 };
  for (const field of ["scale", "bias", "precision"] as const) {
    const text = draft[field].trim();
    numbers[field] = Number(text);
    if (text === "" || !Number.isFinite(numbers[field]))
      problems[field] = { code: "tag.numberInvalid", text };
  }
  const { manual, ...fields } = draft;
  const keepsManual = manual !== undefined && address.ok && printAddress(address.value) === manual.of;
  const tag: Tag = {
    ...fields,
    ...(keepsManual && { manual: manual.text }),
    ...numbers,
    group,
    name: draft.name.trim(),
    address: address.ok ? address.value : { unit: 1, area: "holding", offset: 0 },
    access: accesses.filter((access) => draft.access.includes(access)),
    unit: draft.unit.trim(),
    description: draft.description.trim(),
  };
  for (const problem of lintTag(tag, "tag")) {
    const field = fieldOf(problem);
    // The stand-in for an unread address says nothing of the draft.
    if (field === "address" && !address.ok) continue;
    problems[field] ??= problem;
  }
  if (taken(tagKey(tag))) problems.name ??= { code: "tag.duplicate", name: tag.name, group };
  return Object.keys(problems).length > 0 ? { problems } : { tag };
}

function fieldOf(problem: Problem): TagField {
  const field = problem.at?.field?.replace(/^tag\.?/, "") ?? "";
  return field === "" ? "type" : (field as TagField);
}

export function sameDraft(a: TagDraft, b: TagDraft): boolean {
  return (Object.keys(a) as (keyof TagDraft)[]).every((field) => String(a[field]) === String(b[field]));
}
