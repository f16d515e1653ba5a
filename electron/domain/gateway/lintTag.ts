import type { Problem } from "#domain/problem.ts";
import { parseAddress } from "#domain/tag/parseAddress.ts";
import { printAddress } from "#domain/tag/printAddress.ts";
import type { Tag } from "#domain/tag/tag.ts";
import { tagProblems } from "#domain/tag/tagLimits.ts";

/** What is wrong with one tag in a gateway's eyes; `at.field` starts with `field`. */
export function lintTag(tag: Tag, field: string): readonly Problem[] {
  const shaped = tagProblems(tag).map((problem) => {
    const column = problem.at?.column ?? "name";
    return { ...problem, at: { field: `${field}.${members[column] ?? column}` } };
  });
  return [
    ...shaped,
    ...lintAddress(tag, `${field}.address`),
    ...lintAccess(tag, field),
    ...lintNumbers(tag, field),
  ];
}

/** Columns of a tag table as members of a tag. */
const members: Readonly<Record<string, string>> = { attribute: "access", decimal: "scale" };

/** Only what the grammar reads back as the same place is sent: Neuron ignores what it does not understand. */
function lintAddress(tag: Tag, field: string): readonly Problem[] {
  const text = printAddress(tag.address);
  const back = parseAddress(text, tag.type);
  if (!back.ok) return [{ ...back.problem, at: { field } }];
  if (printAddress(back.value) === text) return [];
  return [{ code: "address.malformed", text, expected: printAddress(back.value), at: { field } }];
}

/** Neuron takes an attribute of 0 and never reads the tag. */
function lintAccess(tag: Tag, field: string): readonly Problem[] {
  if (tag.access.length > 0) return [];
  return [{ code: "tag.accessUnfit", name: tag.name, reason: "none", at: { field: `${field}.access` } }];
}

function lintNumbers(tag: Tag, field: string): readonly Problem[] {
  const invalid = (what: "scale" | "bias" | "precision"): Problem => ({
    code: "tag.numberInvalid",
    text: String(tag[what]),
    at: { field: `${field}.${what}` },
  });
  const wholePrecision = Number.isInteger(tag.precision) && tag.precision >= 0 && tag.precision <= 17;
  return [
    ...(Number.isFinite(tag.scale) ? [] : [invalid("scale")]),
    ...(Number.isFinite(tag.bias) ? [] : [invalid("bias")]),
    ...(wholePrecision ? [] : [invalid("precision")]),
  ];
}
