import { stringify } from "yaml";
import type { Line } from "../site/site.ts";
import type { Address, Area } from "../tag/address.ts";
import { lettersOf } from "../tag/orderWord.ts";
import { spanOf } from "../tag/span.ts";
import type { Tag, TagType } from "../tag/tag.ts";
import type { Tagged } from "./printTable.ts";

const registers: Readonly<Record<Area, string>> = {
  coil: "CoilRegister",
  discrete: "DiscreteInputRegister",
  input: "InputRegister",
  holding: "HoldingRegister",
};

const propertyTypes: Readonly<Record<TagType, string>> = {
  int16: "INT",
  uint16: "INT",
  int32: "INT",
  uint32: "INT",
  int64: "INT",
  uint64: "INT",
  float: "FLOAT",
  double: "DOUBLE",
  bit: "BOOLEAN",
  string: "STRING",
  bytes: "BYTES",
};

/** What the documents cannot say of a tag; "all" when they cannot hold it: a bit of a register has no place in them. */
export function kubeedgeLoses(tag: Tag): readonly string[] | "all" {
  if (tag.address.bit !== undefined && isRegister(tag.address)) return "all";
  const lost: string[] = [];
  if (swapsOf(tag) === undefined) lost.push("order");
  if (tag.bias !== 0) lost.push("bias");
  if (tag.precision !== 0) lost.push("precision");
  if (tag.access.includes("subscribe") || !tag.access.includes("read")) lost.push("access");
  return lost;
}

/**
 * A DeviceModel and a Device for each unit, as `kubectl apply` takes them; the visitors are those of the Modbus mapper.
 *
 * @see KubeEdge, Device Management API devices.kubeedge.io/v1beta1
 */
export function printKubeedge({ tags, groups, lines }: Tagged, name: string): string {
  const intervals = new Map(groups.map((group) => [`${group.line}/${group.name}`, group.intervalMs]));
  const units = new Map<string, Tag[]>();
  for (const tag of tags) {
    const key = `${tag.line}/${tag.address.unit}`;
    units.set(key, [...(units.get(key) ?? []), tag]);
  }
  const documents = [...units.values()].flatMap((own) => {
    const [first] = own as [Tag];
    const at = lines.findIndex((line) => line.id === first.line);
    const line = lines[at];
    const { unit } = first.address;
    const base = [plainName(name, "site"), plainName(line?.name ?? "", `line${at + 1}`), unit].join("-");
    // Property names are keys of the device's twin; a group's name keeps two of a name apart.
    const isTwice = new Set(
      own.filter((tag, index) => own.findIndex((one) => one.name === tag.name) < index),
    );
    const propertyOf = (tag: Tag) => (isTwice.has(tag) ? `${tag.group}.${tag.name}` : tag.name);
    const meta = { apiVersion: "devices.kubeedge.io/v1beta1" };
    return [
      {
        ...meta,
        kind: "DeviceModel",
        metadata: { name: `${base}-model` },
        spec: {
          protocol: "modbus",
          properties: own.map((tag) => ({
            name: propertyOf(tag),
            ...(tag.description !== "" && { description: tag.description }),
            type: propertyTypes[tag.type],
            accessMode: tag.access.includes("write") ? "ReadWrite" : "ReadOnly",
            ...(tag.unit !== "" && { unit: tag.unit }),
          })),
        },
      },
      {
        ...meta,
        kind: "Device",
        metadata: { name: base },
        spec: {
          deviceModelRef: { name: `${base}-model` },
          nodeName: plainName(name, "site"),
          protocol: {
            protocolName: "modbus",
            configData: { slaveID: unit, ...(line && connectionOf(line)) },
          },
          properties: own.map((tag) => ({
            name: propertyOf(tag),
            collectCycle: intervals.get(`${tag.line}/${tag.group}`) ?? 1000,
            reportCycle: intervals.get(`${tag.line}/${tag.group}`) ?? 1000,
            reportToCloud: true,
            visitors: { protocolName: "modbus", configData: visitorOf(tag) },
          })),
        },
      },
    ];
  });
  return documents.map((document) => stringify(document, { lineWidth: 0 })).join("---\n");
}

function visitorOf(tag: Tag): object {
  const swaps = swapsOf(tag);
  return {
    register: registers[tag.address.area],
    offset: tag.address.offset,
    limit: spanOf(tag.address, tag.type).registers,
    scale: tag.scale,
    isSwap: swaps?.bytes ?? false,
    isRegisterSwap: swaps?.words ?? false,
    dataType: propertyTypes[tag.type].toLowerCase(),
  };
}

/** Which bytes the mapper has to swap; undefined where its two switches do not make the order. */
function swapsOf({ address, type }: Tag): { readonly bytes: boolean; readonly words: boolean } | undefined {
  if (type === "bit" || type === "bytes") return { bytes: false, words: false };
  const letters = lettersOf(address, type);
  const isLong = type === "int64" || type === "uint64" || type === "double";
  if (letters === undefined || (isLong && letters !== "ABCD")) return undefined;
  return {
    bytes: letters === "BADC" || letters === "DCBA",
    words: letters === "CDAB" || letters === "DCBA",
  };
}

function connectionOf(line: Tagged["lines"][number]): object {
  if (!isWhole(line)) return {};
  if (line.kind === "tcp") return { ip: line.host, port: line.port };
  const { baudRate, dataBits, parity, stopBits } = line.settings;
  return { serialPort: line.gatewayPort, baudRate, dataBits, parity, stopBits };
}

function isWhole(line: Tagged["lines"][number]): line is Line {
  return "kind" in line;
}

function isRegister({ area }: Address): boolean {
  return area === "holding" || area === "input";
}

/** A name as Kubernetes takes it for objects. @see RFC 1123, label */
function plainName(name: string, otherwise: string): string {
  const plain = name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .slice(0, 40)
    .replace(/^-+|-+$/g, "");
  return plain === "" ? otherwise : plain;
}
