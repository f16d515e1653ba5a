import type { Line, Site } from "../site/site.ts";
import type { Address, Area, ByteOrder } from "../tag/address.ts";
import { spanOf } from "../tag/span.ts";
import type { TagType } from "../tag/tag.ts";
import type { ThingModel, ThingPlace, ThingProperty } from "./thingModel.ts";

/** The terms of ours in a Thing Description: what the Modbus binding has no word for. */
const ownTerms = "urn:lastmile:thing#";

/** A Thing Description must say where a property is; this one is wanted and not mapped yet. */
export const unmappedHref = "urn:lastmile:unmapped";

export const entities: Readonly<Record<Area, string>> = {
  coil: "Coil",
  discrete: "DiscreteInput",
  input: "InputRegister",
  holding: "HoldingRegister",
};

/** The binding's payload types for tag types. A bit inside a register is read as the whole register. */
export const payloadTypes: Readonly<Record<TagType, string>> = {
  int16: "xsd:short",
  uint16: "xsd:unsignedShort",
  int32: "xsd:int",
  uint32: "xsd:unsignedInt",
  int64: "xsd:long",
  uint64: "xsd:unsignedLong",
  float: "xsd:float",
  double: "xsd:double",
  bit: "xsd:boolean",
  string: "xsd:string",
  bytes: "xsd:hexBinary",
};

/** The orders that two flags can say: most significant byte first, most significant word first. */
export const flagsOfOrder: Partial<Record<ByteOrder, readonly [byte: boolean, word: boolean]>> = {
  L: [true, true],
  B: [false, false],
  LL: [true, true],
  BL: [true, false],
  LB: [false, true],
  BB: [false, false],
};

/**
 * A W3C Thing Description 1.1 with the Modbus binding; addresses count from 0.
 *
 * @param site the lines that the forms lead to; a serial line has no address of its own, so its name stands for it
 * @see https://www.w3.org/TR/wot-thing-description11/ and https://w3c.github.io/wot-binding-templates/bindings/protocols/modbus/
 */
export function describeThing(model: ThingModel, site: Pick<Site, "lines">): string {
  const lines = new Map(site.lines.map((line) => [line.id, line]));
  const description = {
    "@context": [
      "https://www.w3.org/2022/wot/td/v1.1",
      { modv: "https://www.w3.org/2019/wot/modbus#", xsd: "http://www.w3.org/2001/XMLSchema#", lm: ownTerms },
    ],
    "@type": "Thing",
    id: `urn:lastmile:${encodeURIComponent(model.id)}`,
    title: model.title,
    securityDefinitions: { none: { scheme: "nosec" } },
    security: ["none"],
    properties: Object.fromEntries(
      model.properties.map((property) => [property.name, affordance(property, lines)]),
    ),
  };
  return `${JSON.stringify(description, null, 2)}\n`;
}

function affordance(property: ThingProperty, lines: ReadonlyMap<string, Line>): object {
  const { description, unit, range, readable, writable, place } = property;
  return {
    ...(description !== "" && { description }),
    ...(property.type === "bytes" ? { type: "string", contentEncoding: "base16" } : { type: property.type }),
    ...(unit !== "" && { unit }),
    ...(range && { minimum: range.min, maximum: range.max }),
    readOnly: readable && !writable,
    writeOnly: writable && !readable,
    forms: [place ? formOf(place, property, lines.get(place.line)) : { href: unmappedHref }],
  };
}

function formOf(place: ThingPlace, { readable, writable }: ThingProperty, line: Line | undefined): object {
  const { address, type } = place;
  const { order, bit, length, stringOrder } = address;
  return {
    href: hrefOf(address, line, place.line),
    contentType: "application/octet-stream",
    op: [...(readable ? ["readproperty"] : []), ...(writable ? ["writeproperty"] : [])],
    "modv:unitID": address.unit,
    "modv:entity": entities[address.area],
    "modv:address": address.offset,
    "modv:quantity": spanOf(address, type).registers,
    "modv:zeroBasedAddressing": true,
    "modv:type": payloadTypes[type],
    ...orderFlags(order),
    "modv:pollingTime": place.intervalMs,
    "lm:line": line?.name ?? place.line,
    "lm:group": place.group,
    "lm:name": place.name,
    "lm:access": place.access,
    "lm:scale": place.scale,
    "lm:bias": place.bias,
    "lm:precision": place.precision,
    ...(order !== undefined && { "lm:order": order }),
    ...(bit !== undefined && { "lm:bit": bit }),
    ...(length !== undefined && { "lm:length": length }),
    ...(stringOrder !== undefined && { "lm:stringOrder": stringOrder }),
  };
}

function hrefOf(address: Address, line: Line | undefined, id: string): string {
  if (line?.kind === "tcp") return `modbus+tcp://${line.host}:${line.port}/${address.unit}`;
  return `modbus+rtu://${encodeURIComponent(line?.name ?? id)}/${address.unit}`;
}

function orderFlags(order: ByteOrder | undefined): object {
  const flags = order && flagsOfOrder[order];
  return flags ? { "modv:mostSignificantByte": flags[0], "modv:mostSignificantWord": flags[1] } : {};
}
