import type { Address } from "./address.ts";

/** Neuron's Modbus data types that read and write right (facts: INT8, BOOL, WORD… pass its validation but misread). */
export const tagTypes = [
  "int16",
  "uint16",
  "int32",
  "uint32",
  "int64",
  "uint64",
  "float",
  "double",
  "bit",
  "string",
  "bytes",
] as const;
export type TagType = (typeof tagTypes)[number];

export const accesses = ["read", "write", "subscribe"] as const;
export type Access = (typeof accesses)[number];

/** One point of the site as the person knows it. Its name is unique within line and group, as in Neuron. */
export interface Tag {
  readonly line: string;
  readonly group: string;
  readonly name: string;
  readonly address: Address;
  readonly type: TagType;
  readonly access: readonly Access[];
  /** shown = raw × scale + bias; 1 means the raw value */
  readonly scale: number;
  readonly bias: number;
  /** decimals that the gateway prints for float and double, 0–17; 0 means about six significant digits */
  readonly precision: number;
  /** engineering unit, at most 15 bytes */
  readonly unit: string;
  readonly description: string;
  /** the address as the vendor's manual prints it (`40001`, `%MW10`, `10h`), where that is not Neuron's form */
  readonly manual?: string;
}

/** A decoded value: bigint for 64-bit integers, an array for bytes, 0 or 1 for a bit. */
export type Value = number | bigint | string | readonly number[];

/** 16-bit words as read, or single bits (0 or 1) for coils and discrete inputs. */
export type Words = readonly number[];

/** A tag's identity within its site. */
export function tagKey(tag: Pick<Tag, "line" | "group" | "name">): string {
  return `${tag.line}/${tag.group}/${tag.name}`;
}
