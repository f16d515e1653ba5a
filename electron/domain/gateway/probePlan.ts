import type { Problem } from "#domain/problem.ts";
import { ok, type Result, refused } from "#domain/result.ts";
import type { Area } from "#domain/tag/address.ts";
import { printAddress } from "#domain/tag/printAddress.ts";
import type { Words } from "#domain/tag/tag.ts";
import { isBitArea } from "#domain/tag/width.ts";
import type { NeuronConfig, NeuronTag } from "./neuronConfig.ts";
import { typeCodes } from "./typeCodes.ts";

/** Registers, or bits of coils and discretes, that are to be read through a gateway. */
export interface ProbePlace {
  readonly unit: number;
  readonly area: Area;
  readonly offset: number;
  readonly count: number;
}

/** A Modbus node of a gateway, as its configuration has it. */
export interface ProbeNode {
  readonly node: string;
  readonly plugin: string;
  /** one of its groups; a name where it has none */
  readonly group: string;
  /** what it calls its first register */
  readonly base: 0 | 1;
}

/** @returns gateway.nodeUnknown with the names that there are, for another name */
export function probeNodeOf(config: NeuronConfig, name: string): Result<ProbeNode, Problem> {
  const modbus = config.nodes.filter(({ plugin }) => plugin.startsWith("Modbus"));
  const found = modbus.find((node) => node.name === name);
  if (!found) {
    const nodes = modbus.map((node) => node.name).join(", ");
    return refused({ code: "gateway.nodeUnknown", node: name, nodes });
  }
  const group = config.groups.find(({ driver }) => driver === name)?.group ?? "probe";
  const { params } = config.settings.find(({ node }) => node === name) ?? {};
  return ok({ node: name, plugin: found.plugin, group, base: params?.address_base === 0 ? 0 : 1 });
}

/** One tag that a gateway reads for a probe, and how many registers or bits it stands for. */
export interface ProbeTag {
  readonly tag: NeuronTag;
  readonly count: number;
}

/** Registers of one BYTES tag, 128 bytes at most. */
const mostInGroup = 64;

/**
 * Tags whose values give the words of a place, whatever byte orders the node has.
 *
 * @param way `test`: Neuron's test reads, which know no bytes, look at no order of 32 bits and honour those of 64;
 *   `group`: tags of a group, where bytes come as they are
 * @param base what the node calls its first register
 */
export function probeTags(place: ProbePlace, way: "test" | "group", base: 0 | 1): readonly ProbeTag[] {
  const { unit, area, offset, count } = place;
  const tags: ProbeTag[] = [];
  for (let done = 0; done < count; ) {
    const left = count - done;
    // Printed numbers start at 1.
    const at = { unit, area, offset: offset + done - (1 - base) };
    const [type, size, tail] = isBitArea(area)
      ? (["bit", 1, {}] as const)
      : way === "group"
        ? (["bytes", Math.min(left, mostInGroup), { length: 2 * Math.min(left, mostInGroup) }] as const)
        : left >= 4
          ? (["uint64", 4, { order: "LL" }] as const)
          : left >= 2
            ? (["uint32", 2, {}] as const)
            : (["uint16", 1, {}] as const);
    tags.push({
      count: size,
      tag: {
        type: typeCodes[type],
        name: `probe ${done}`,
        attribute: 1,
        precision: 0,
        decimal: 0,
        bias: 0,
        address: printAddress({ ...at, ...tail }),
        description: "",
        unit: "",
      },
    });
    done += size;
  }
  return tags;
}

/** The words behind a probe tag's value; undefined for a value that fits none. */
export function probeWords(count: number, value: unknown): Words | undefined {
  if (Array.isArray(value)) {
    if (value.length !== 2 * count) return undefined;
    return Array.from({ length: count }, (_, at) => (Number(value[2 * at]) << 8) | Number(value[2 * at + 1]));
  }
  if (typeof value !== "number" && typeof value !== "bigint") return undefined;
  if (typeof value === "number" && !Number.isSafeInteger(value)) return undefined;
  // From 2^63 on they come out negative.
  const bits = BigInt.asUintN(16 * count, BigInt(value));
  return Array.from({ length: count }, (_, at) => Number((bits >> BigInt(16 * (count - 1 - at))) & 0xffffn));
}
