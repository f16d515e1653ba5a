import type { Problem } from "../problem.ts";
import { ok, type Result, refused } from "../result.ts";
import { utf8Bytes } from "../utf8.ts";
import type { Address } from "./address.ts";
import { toWords } from "./byteOrder.ts";
import type { TagType, Value, Words } from "./tag.ts";
import { wordsOfType } from "./width.ts";

const integerRange: Readonly<Partial<Record<TagType, readonly [bigint, bigint]>>> = {
  int16: [-(2n ** 15n), 2n ** 15n - 1n],
  uint16: [0n, 2n ** 16n - 1n],
  int32: [-(2n ** 31n), 2n ** 31n - 1n],
  uint32: [0n, 2n ** 32n - 1n],
  int64: [-(2n ** 63n), 2n ** 63n - 1n],
  uint64: [0n, 2n ** 64n - 1n],
};

/**
 * A raw value as words for the wire: the inverse of `decodeValue`. A coil's word is 0 or 1.
 * Problem `value.unfit` when the type cannot carry the value; nothing is cut or wrapped. Reals are rounded to the
 * nearest that the type has.
 */
export function encodeValue(value: Value, address: Address, type: TagType): Result<Words, Problem> {
  const unfit = refused<Problem>({ code: "value.unfit", value: String(value), type });
  if (type === "bit") {
    // A bit inside a register cannot be written alone; Neuron refuses it too.
    return (value === 0 || value === 1) && address.bit === undefined ? ok([value === 1 ? 1 : 0]) : unfit;
  }
  if (type === "string") return typeof value === "string" ? encodeString(value, address, unfit) : unfit;
  if (type === "bytes") {
    const fits = Array.isArray(value) && value.length === address.length && value.every(isByte);
    return fits ? ok(toWords(Uint8Array.from(value), undefined)) : unfit;
  }
  const view = new DataView(new ArrayBuffer(wordsOfType[type] * 2));
  if (!setNumber(view, value, type)) return unfit;
  return ok(toWords(new Uint8Array(view.buffer), address.order));
}

function setNumber(
  view: DataView,
  value: Value,
  type: Exclude<TagType, "bit" | "string" | "bytes">,
): boolean {
  if (type === "float" || type === "double") {
    if (typeof value !== "number") return false;
    if (type === "double") view.setFloat64(0, value);
    else if (Number.isFinite(value) && !Number.isFinite(Math.fround(value))) return false;
    else view.setFloat32(0, value);
    return true;
  }
  const whole =
    typeof value === "bigint" ? value : Number.isInteger(value) ? BigInt(value as number) : undefined;
  const [low, high] = integerRange[type] as readonly [bigint, bigint];
  if (whole === undefined || whole < low || whole > high) return false;
  const size = wordsOfType[type] * 2;
  const bits = BigInt.asUintN(size * 8, whole);
  for (let index = 0; index < size; index++) {
    view.setUint8(size - 1 - index, Number((bits >> BigInt(index * 8)) & 0xffn));
  }
  return true;
}

function encodeString(text: string, address: Address, unfit: Result<Words, Problem>): Result<Words, Problem> {
  // A lone half of a surrogate pair has no UTF-8 form.
  if (/\p{Surrogate}/u.test(text)) return unfit;
  const bytes = utf8Bytes(text);
  const length = address.length ?? 0;
  if (bytes.length > length || bytes.includes(0)) return unfit;
  const words: number[] = [];
  for (let index = 0; index < Math.ceil(length / 2); index++) {
    const [first, second] = [bytes[index * 2] ?? 0, bytes[index * 2 + 1] ?? 0];
    words.push(address.stringOrder === "L" ? (second << 8) | first : (first << 8) | second);
  }
  return ok(words);
}

function isByte(value: number): boolean {
  return Number.isInteger(value) && value >= 0 && value <= 255;
}
