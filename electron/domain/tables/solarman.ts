import { z } from "zod";
import type { Problem } from "../problem.ts";
import type { Column } from "../tag/columns.ts";
import type { RawRow } from "./collectTags.ts";
import { numbered } from "./neuronJson.ts";

const number = z.union([z.number(), z.string()]);
const item = z.looseObject({
  name: z.string(),
  rule: number.optional(),
  registers: z.array(number).optional(),
  scale: z.unknown().optional(),
  offset: number.optional(),
  uom: z.string().nullish(),
  code: z.unknown().optional(),
  description: z.string().optional(),
});
const definition = z.looseObject({
  default: z.looseObject({ code: number.optional() }).optional(),
  requests: z
    .array(
      z.looseObject({
        start: number,
        end: number,
        mb_functioncode: number.optional(),
        code: number.optional(),
      }),
    )
    .optional(),
  parameters: z.array(z.looseObject({ group: z.string().optional(), items: z.array(item) })),
});
type Item = z.infer<typeof item>;
type Definition = z.infer<typeof definition>;

export const solarmanColumns: readonly Column[] = [
  ...([
    "group",
    "name",
    "address",
    "functionCode",
    "type",
    "order",
    "scale",
    "bias",
    "unit",
    "description",
  ] as const),
];

/** What changes a value in ways that scale and bias cannot say. */
const changing = [
  "mask",
  "bit",
  "divide",
  "inverse",
  "magnitude",
  "sensors",
  "delta",
  "signed",
  "multiply",
  "range",
];

/**
 * The rows of an inverter definition for Solarman loggers. Registers are wire addresses and name the lowest word
 * first; the offset is taken off before scaling. Undefined when the document is none.
 */
export function solarmanRows(document: unknown): readonly RawRow[] | undefined {
  const read = definition.safeParse(document);
  if (!read.success) return undefined;
  const problems: (readonly Problem[])[] = [];
  const cells: Partial<Record<Column, string>>[] = [];
  for (const { group, items } of read.data.parameters) {
    for (const one of items) {
      const { values, found } = readItem(one, read.data);
      cells.push({ group: group ?? "", ...values });
      problems.push(found);
    }
  }
  return numbered(cells, (index) => problems[index]);
}

function readItem(
  one: Item,
  document: Definition,
): { readonly values: Partial<Record<Column, string>>; readonly found: readonly Problem[] } {
  const { name } = one;
  const found: Problem[] = [];
  const unfit = (part: string, text: unknown) =>
    found.push({ code: "tag.partUnfit", name, part, text: typeof text === "object" ? "…" : String(text) });
  for (const part of changing) if (one[part] !== undefined) unfit(part, one[part]);
  const registers = (one.registers ?? []).map(Number);
  const [first = Number.NaN] = registers;
  const isRising = registers.every((register, at) => register === first + at);
  const isFalling = registers.every((register, at) => register === first - at);
  if (registers.length === 0 || !(isRising || isFalling))
    unfit("registers", (one.registers ?? []).join(", "));
  const rule = Number(one.rule ?? 1);
  const isText = rule === 5;
  const type = typeOf(rule, registers.length);
  if (type === undefined) unfit("rule", one.rule);
  const scale = one.scale === undefined || typeof one.scale === "number" ? (one.scale ?? 1) : Number.NaN;
  if (Number.isNaN(scale)) unfit("scale", one.scale);
  const offset = Number(one.offset ?? 0);
  const bias = offset === 0 ? 0 : Number((-offset * scale).toPrecision(15));
  return {
    found,
    values: {
      name,
      address: Number.isNaN(first) ? "" : String(isRising ? first : (registers.at(-1) ?? first)),
      functionCode: String(codeOf(one, document, first)),
      type: type ?? "uint16",
      length: isText ? String(registers.length) : "",
      order: registers.length > 1 && isRising && !isText ? "CDAB" : "",
      scale: isText || scale === 1 ? "" : String(scale),
      bias: bias === 0 ? "" : String(bias),
      unit: one.uom ?? "",
      description: one.description ?? "",
    },
  };
}

/** Rules 1 and 3 are unsigned, 2 and 4 signed; how many registers are named decides the width. */
function typeOf(rule: number, registers: number): string | undefined {
  if (rule === 5) return "string";
  const width = ({ 1: 16, 2: 32, 4: 64 } as const)[registers as 1 | 2 | 4];
  if (width === undefined || rule < 1 || rule > 4) return undefined;
  return `${rule % 2 === 1 ? "uint" : "int"}${width}`;
}

function codeOf({ code }: Item, document: Definition, register: number): number {
  const own = typeof code === "object" && code !== null && "read" in code ? code.read : code;
  if (own !== undefined) return Number(own);
  const request = document.requests?.find(
    ({ start, end }) => register >= Number(start) && register <= Number(end),
  );
  return Number(request?.mb_functioncode ?? request?.code ?? document.default?.code ?? 3);
}
