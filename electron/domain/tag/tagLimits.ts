import type { Problem } from "../problem.ts";
import { utf8Length } from "../utf8.ts";
import type { Tag } from "./tag.ts";

/** What the gateway can take, in bytes of UTF-8 (Neuron: names below 128, units below 16, descriptions below 256). */
const mostName = 127;
const mostUnit = 15;
const mostDescription = 255;

/** What is wrong with a tag whose address and type are known to fit; empty when it can go to the gateway. */
export function tagProblems(tag: Tag): readonly Problem[] {
  const problems: Problem[] = [];
  const { name, unit, description, address, type } = tag;
  if (name.trim() === "") problems.push({ code: "tag.nameMissing", at: { column: "name" } });
  const nameBytes = utf8Length(name);
  if (nameBytes > mostName) {
    problems.push({
      code: "tag.nameTooLong",
      name,
      bytes: nameBytes,
      limit: mostName,
      at: { column: "name" },
    });
  }
  for (const [column, what, text, limit] of [
    ["group", "group", tag.group, mostName],
    ["unit", "engineering unit", unit, mostUnit],
    ["description", "description", description, mostDescription],
  ] as const) {
    const bytes = utf8Length(text);
    if (bytes > limit) problems.push({ code: "text.tooLong", what, text, bytes, limit, at: { column } });
  }
  if (tag.access.includes("write")) {
    const readOnly = address.area === "discrete" || address.area === "input" ? address.area : undefined;
    const reason = readOnly ?? (address.bit === undefined ? undefined : "registerBit");
    if (reason) problems.push({ code: "tag.accessUnfit", name, reason, at: { column: "attribute" } });
  }
  const isNumber = type !== "bit" && type !== "string" && type !== "bytes";
  const shaped = [
    ["decimal", tag.scale !== 1, String(tag.scale)],
    ["bias", tag.bias !== 0, String(tag.bias)],
    ["precision", tag.precision !== 0, String(tag.precision)],
  ] as const;
  for (const [column, isSet, text] of shaped) {
    if (isSet && !isNumber) problems.push({ code: "tag.numberInvalid", text, at: { column } });
  }
  if (tag.scale === 0) problems.push({ code: "tag.numberInvalid", text: "0", at: { column: "decimal" } });
  return problems;
}
