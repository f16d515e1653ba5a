import { readAccess } from "#domain/tag/accessWord.ts";
import { type Access, accesses, type Tag, tagTypes } from "#domain/tag/tag.ts";
import { draftOfTag, type TagDraft, type TagField } from "../tagDraft.ts";

/** What of a tag can be changed in its cell. */
export type CellField = Exclude<TagField, "line">;

/** The cell as text: what is copied, and what editing begins with. */
export function cellText(tag: Tag, field: CellField): string {
  if (field === "access") return accessText(tag.access);
  return draftOfTag(tag)[field] as string;
}

/** The draft with one cell's text in it; access that cannot be read becomes none, which is a problem. */
export function withCell(draft: TagDraft, field: CellField, text: string): TagDraft {
  if (field === "access") return { ...draft, access: readAccess(text) ?? [] };
  if (field === "type") {
    const type = tagTypes.find((known) => known === text.trim().toLowerCase());
    // A type that nobody knows stays as typed: the check of the draft names it.
    return { ...draft, type: type ?? (text as TagDraft["type"]) };
  }
  return { ...draft, [field]: text };
}

/** The texts that a cell can be chosen from; undefined where anything may be typed. */
export function choicesOf(field: CellField): readonly string[] | undefined {
  if (field === "type") return tagTypes;
  if (field === "access") return ["R", "RS", "RW", "RWS", "W"];
  return undefined;
}

function accessText(access: readonly Access[]): string {
  return accesses
    .filter((one) => access.includes(one))
    .map((one) => one.charAt(0).toUpperCase())
    .join("");
}
