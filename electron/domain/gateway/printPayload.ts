import { customMembers } from "./customPayload.ts";
import type { ExactJson } from "./exactJson.ts";
import {
  errorsOf,
  type GroupState,
  isReal,
  listText,
  type Member,
  objectText,
  type TagState,
  valuesOf,
  valueText,
} from "./payloadText.ts";

/** How Neuron writes a group's values; `custom` with the node's schema, as its settings hold it. */
export type PayloadFormat =
  | { readonly kind: "values" | "tags" | "ecp" }
  | { readonly kind: "custom"; readonly schema: { readonly [name: string]: ExactJson } };

/**
 * A message as Neuron 2.15 prints it, byte for byte: decimals, blanks, unsigned 64-bit integers from 2^63 on as
 * negative ones, and infinite floats without a value.
 *
 * @see facts recorded in test/vectors/neuron/payloads.json
 */
export function printPayload(state: GroupState, format: PayloadFormat): string {
  if (format.kind === "custom") return objectText(customMembers(state, format.schema));
  const head: readonly Member[] = [
    ["node", JSON.stringify(state.node)],
    ["group", JSON.stringify(state.group)],
    ["timestamp", String(state.timestamp)],
  ];
  if (format.kind === "tags") return objectText([...head, ["tags", listText(state.tags.map(tagText))]]);
  if (format.kind === "ecp") {
    const good = state.tags.filter((one) => !("error" in one));
    return objectText([...head, ["tags", listText(good.map(ecpText))]]);
  }
  return objectText([
    ...head,
    ["values", objectText(valuesOf(state.tags))],
    ["errors", objectText(errorsOf(state.tags))],
    ["metas", "{}"],
  ]);
}

function tagText(one: TagState): string {
  const name: Member = ["name", JSON.stringify(one.tag.name)];
  if ("error" in one) return objectText([name, ["error", String(one.error)]]);
  const text = valueText(one);
  return objectText(text === undefined ? [name] : [name, ["value", text]]);
}

/** ECP names the kind beside each value: 2 a whole number or a bit, 3 a float, 4 text; bytes go as text. */
function ecpText(one: TagState): string {
  const { tag } = one;
  const value = "value" in one ? one.value : "";
  const text = valueText(one);
  const kind = isReal(tag) ? 3 : typeof value === "number" || typeof value === "bigint" ? 2 : 4;
  return objectText([
    ["name", JSON.stringify(tag.name)],
    ...(text === undefined ? [] : ([["value", Array.isArray(value) ? JSON.stringify(text) : text]] as const)),
    ["type", String(kind)],
  ]);
}
