import { z } from "zod";
import type { Problem } from "../problem.ts";
import { ok, type Result, refused } from "../result.ts";
import type { Line } from "../site/site.ts";
import type { Address, Area, ByteOrder } from "../tag/address.ts";
import { type Access, accesses, type TagType } from "../tag/tag.ts";
import { isBitArea, ordersOf, wordsOfType } from "../tag/width.ts";
import { entities, flagsOfOrder, payloadTypes, unmappedHref } from "./description.ts";
import { thingProblems } from "./modelFile.ts";
import {
  isReadable,
  propertyType,
  rangeOf,
  type ThingModel,
  type ThingPlace,
  type ThingProperty,
} from "./thingModel.ts";

/** Fields that we do not know stay out of the way: a Thing Description may carry any vocabulary. */
const whole = z.number().int();
const formSchema = z.looseObject({
  href: z.string(),
  "modv:unitID": whole.optional(),
  "modv:entity": z.string().optional(),
  "modv:address": whole.optional(),
  "modv:quantity": whole.optional(),
  "modv:zeroBasedAddressing": z.boolean().optional(),
  "modv:type": z.string().optional(),
  "modv:mostSignificantByte": z.boolean().optional(),
  "modv:mostSignificantWord": z.boolean().optional(),
  "modv:pollingTime": z.number().optional(),
  "lm:line": z.string().optional(),
  "lm:group": z.string().optional(),
  "lm:name": z.string().optional(),
  "lm:access": z.array(z.enum(accesses)).optional(),
  "lm:scale": z.number().optional(),
  "lm:bias": z.number().optional(),
  "lm:precision": whole.min(0).max(17).optional(),
  "lm:order": z.enum(["L", "B", "LL", "LB", "BL", "BB", "WS", "WR"]).optional(),
  "lm:bit": whole.min(0).max(15).optional(),
  "lm:length": whole.min(1).max(128).optional(),
  "lm:stringOrder": z.enum(["H", "L"]).optional(),
});

const propertySchema = z.looseObject({
  description: z.string().max(1000).optional(),
  type: z.string().optional(),
  contentEncoding: z.string().optional(),
  unit: z.string().optional(),
  minimum: z.number().optional(),
  maximum: z.number().optional(),
  readOnly: z.boolean().optional(),
  writeOnly: z.boolean().optional(),
  forms: z.array(formSchema).optional(),
});

const descriptionSchema = z.looseObject({
  id: z.string().optional(),
  title: z.string(),
  properties: z.record(z.string(), propertySchema).optional(),
});

type Form = z.infer<typeof formSchema>;
type Property = z.infer<typeof propertySchema>;

export interface ReadDescription {
  readonly model: ThingModel;
  /** forms that cannot become a tag; their properties stay in the model, unmapped */
  readonly problems: readonly Problem[];
}

/**
 * A Thing Description with Modbus forms, ours or anybody's.
 *
 * @param defaultLine where properties go whose form names no line of the site
 */
export function readDescription(
  json: unknown,
  lines: readonly Line[],
  defaultLine: string,
): Result<ReadDescription, readonly Problem[]> {
  const read = descriptionSchema.safeParse(json);
  if (!read.success) {
    return refused(
      read.error.issues.slice(0, 20).map((issue) => ({
        code: "thing.malformed",
        reason: [...(issue.path.length > 0 ? [issue.path.join(".")] : []), issue.message].join(": "),
      })),
    );
  }
  const problems: Problem[] = [];
  const properties = Object.entries(read.data.properties ?? {}).map(([name, property]): ThingProperty => {
    const place = placeOf(name, property, lines, defaultLine);
    if (typeof place === "string") {
      problems.push({ code: "thing.propertyUnfit", property: name, reason: place });
      return propertyOf(name, property, undefined);
    }
    const made = propertyOf(name, property, place);
    const unfit = thingProblems([made]);
    problems.push(...unfit);
    return unfit.length > 0 ? { ...made, place: undefined } : made;
  });
  const id = decodeURIComponent((read.data.id ?? "").replace(/^urn:lastmile:/, ""));
  return ok({ model: { id, title: read.data.title, properties }, problems });
}

function propertyOf(name: string, property: Property, place: ThingPlace | undefined): ThingProperty {
  const { minimum, maximum } = property;
  const isBytes = property.type === "string" && property.contentEncoding !== undefined;
  const type = isBytes ? "bytes" : schemaType(property.type);
  return {
    name,
    description: property.description ?? "",
    type: type ?? (place ? propertyType(place) : "number"),
    unit: property.unit ?? "",
    range:
      minimum !== undefined && maximum !== undefined
        ? { min: minimum, max: maximum }
        : place && type === undefined
          ? rangeOf(place)
          : undefined,
    readable: place ? isReadable(place) : property.writeOnly !== true,
    writable: place ? place.access.includes("write") : property.readOnly !== true,
    place,
  };
}

function schemaType(type: string | undefined): "number" | "integer" | "boolean" | "string" | undefined {
  return type === "number" || type === "integer" || type === "boolean" || type === "string"
    ? type
    : undefined;
}

/** The tag behind a property; undefined: it has no form; a word: why its form cannot be one. */
function placeOf(
  name: string,
  property: Property,
  lines: readonly Line[],
  defaultLine: string,
): ThingPlace | undefined | string {
  const form = property.forms?.find(
    (one) => one["modv:entity"] !== undefined || one.href.startsWith("modbus"),
  );
  if (!form)
    return property.forms?.every((one) => one.href === unmappedHref) === false ? "noForm" : undefined;
  const area = (Object.keys(entities) as Area[]).find(
    (one) => entities[one].toLowerCase() === form["modv:entity"]?.toLowerCase(),
  );
  if (!area) return "entity";
  const type = typeOf(form, area);
  if (!type) return "type";
  const unit = unitOf(form);
  if (unit === undefined || unit < 1 || unit > 247) return "unit";
  const start = form["modv:address"];
  const offset =
    start === undefined ? undefined : form["modv:zeroBasedAddressing"] === false ? start - 1 : start;
  if (offset === undefined || offset < 0 || offset > 65_535) return "address";
  const line = lineOf(form, lines) ?? defaultLine;
  const tagName = form["lm:name"] ?? name;
  if (tagName.trim() === "") return "name";
  return {
    line,
    group: form["lm:group"] ?? "things",
    name: tagName,
    address: { unit, area, offset, ...tailOf(form, type, area) },
    type,
    access: form["lm:access"] ?? accessOf(property),
    scale: form["lm:scale"] ?? 1,
    bias: form["lm:bias"] ?? 0,
    precision: form["lm:precision"] ?? 0,
    intervalMs: Math.min(86_400_000, Math.max(100, Math.round(form["modv:pollingTime"] ?? 1000))),
  };
}

function typeOf(form: Form, area: Area): TagType | undefined {
  if (isBitArea(area) || form["lm:bit"] !== undefined) return "bit";
  const given = form["modv:type"];
  const known = (Object.keys(payloadTypes) as TagType[]).find((one) => payloadTypes[one] === given);
  if (known !== undefined && known !== "bit") return known;
  // Without a type the length says it: one register is a word, two are taken for a float nowhere but by guessing.
  return given === undefined && form["modv:quantity"] === 1 ? "uint16" : undefined;
}

function tailOf(form: Form, type: TagType, area: Area): Partial<Address> {
  if (isBitArea(area)) return {};
  if (type === "bit") return form["lm:bit"] === undefined ? {} : { bit: form["lm:bit"] };
  if (type === "string" || type === "bytes") {
    const stringOrder = type === "string" ? form["lm:stringOrder"] : undefined;
    return {
      length: form["lm:length"] ?? (form["modv:quantity"] ?? 1) * 2,
      ...(stringOrder && { stringOrder }),
    };
  }
  const order = form["lm:order"] ?? orderOf(form, type);
  return order === undefined ? {} : { order };
}

/** The two flags as an order; the binding's default is most significant first. */
function orderOf(form: Form, type: Exclude<TagType, "string" | "bytes" | "bit">): ByteOrder | undefined {
  const [byte, word] = [form["modv:mostSignificantByte"], form["modv:mostSignificantWord"]];
  if (byte === undefined && word === undefined) return undefined;
  const isShort = wordsOfType[type] === 1;
  return ordersOf(type).find((order) => {
    const flags = flagsOfOrder[order];
    return flags?.[0] === (byte ?? true) && (isShort || (order.length === 2 && flags[1] === (word ?? true)));
  });
}

function accessOf(property: Property): readonly Access[] {
  if (property.writeOnly === true) return ["write"];
  return property.readOnly === true ? ["read"] : ["read", "write"];
}

/** `modbus+tcp://host:port/unit` ends in the unit. */
function unitOf(form: Form): number | undefined {
  const last = /\/(\d{1,3})\/?(?:[?#].*)?$/.exec(form.href)?.[1];
  return form["modv:unitID"] ?? (last === undefined ? undefined : Number(last));
}

function lineOf(form: Form, lines: readonly Line[]): string | undefined {
  const named = lines.find((line) => line.name === form["lm:line"] || line.id === form["lm:line"]);
  if (named) return named.id;
  const host = /^modbus\+tcp:\/\/([^/]+)/.exec(form.href)?.[1];
  return lines.find((line) => line.kind === "tcp" && `${line.host}:${line.port}` === host)?.id;
}
