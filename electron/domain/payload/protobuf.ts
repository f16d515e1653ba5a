import { utf8Text } from "#domain/utf8.ts";

/** One field of a message as it came over the wire; a number that is a varint stays unsigned until its type is known. */
export type Field =
  | { readonly number: number; readonly kind: "varint"; readonly value: bigint }
  | { readonly number: number; readonly kind: "bytes"; readonly bytes: Uint8Array }
  | { readonly number: number; readonly kind: "fixed32" | "fixed64"; readonly bytes: Uint8Array };

/**
 * Splits a Protocol Buffers message into its fields, in the order in which they came.
 *
 * @returns undefined where the bytes are no such message: cut short, a group, a field numbered 0
 * @see https://protobuf.dev/programming-guides/encoding/
 */
export function fieldsOf(bytes: Uint8Array): readonly Field[] | undefined {
  const fields: Field[] = [];
  let at = 0;

  function varint(): bigint | undefined {
    let value = 0n;
    for (let shift = 0n; shift < 70n; shift += 7n) {
      const byte = bytes[at++];
      if (byte === undefined) return undefined;
      value |= BigInt(byte & 0x7f) << shift;
      if (byte < 0x80) return BigInt.asUintN(64, value);
    }
    return undefined;
  }

  function take(count: number): Uint8Array | undefined {
    if (count > bytes.length - at) return undefined;
    at += count;
    return bytes.subarray(at - count, at);
  }

  while (at < bytes.length) {
    const key = varint();
    if (key === undefined || key >> 3n === 0n || key > 0xffff_ffffn) return undefined;
    const number = Number(key >> 3n);
    const wire = Number(key & 7n);
    if (wire === 0) {
      const value = varint();
      if (value === undefined) return undefined;
      fields.push({ number, kind: "varint", value });
      continue;
    }
    const length = wire === 2 ? varint() : wire === 1 ? 8n : wire === 5 ? 4n : undefined;
    const held = length === undefined ? undefined : take(Number(length));
    if (held === undefined) return undefined;
    const kind = wire === 2 ? "bytes" : wire === 1 ? "fixed64" : "fixed32";
    fields.push({ number, kind, bytes: held });
  }
  return fields;
}

/** A field's text; undefined where it is not text. */
export function textOf(field: Field | undefined): string | undefined {
  return field?.kind === "bytes" ? utf8Text(field.bytes) : undefined;
}

/** A varint of either sign; undefined for another kind of field. */
export function integerOf(field: Field | undefined, signed: boolean): bigint | undefined {
  if (field?.kind !== "varint") return undefined;
  return signed ? BigInt.asIntN(64, field.value) : field.value;
}

/** A float or double, as wide as it came. */
export function realOf(field: Field | undefined): number | undefined {
  if (field?.kind !== "fixed32" && field?.kind !== "fixed64") return undefined;
  const { buffer, byteOffset, byteLength } = field.bytes;
  const view = new DataView(buffer, byteOffset, byteLength);
  return field.kind === "fixed32" ? view.getFloat32(0, true) : view.getFloat64(0, true);
}

/** A whole number as people use them: a bigint only beyond what a number holds exactly. */
export function plainInteger(value: bigint): number | bigint {
  const near = Number(value);
  return Number.isSafeInteger(near) ? near : value;
}
