import type { Access, TagType } from "#domain/tag/tag.ts";

/** Neuron's attribute bits. */
export const accessBits: Readonly<Record<Access, number>> = { read: 1, write: 2, subscribe: 4 };

/** Neuron's numbers for the types that it reads right. */
export const typeCodes: Readonly<Record<TagType, number>> = {
  int16: 3,
  uint16: 4,
  int32: 5,
  uint32: 6,
  int64: 7,
  uint64: 8,
  float: 9,
  double: 10,
  bit: 11,
  string: 13,
  bytes: 14,
};
