import type { Problem } from "../problem.ts";
import { ok, type Result, refused } from "../result.ts";
import { type TagType, tagTypes } from "./tag.ts";

export interface TypeWord {
  readonly type: TagType;
  /** bytes, where the word says so: `STRING(20)`, `CHAR[16]` */
  readonly length?: number;
}

/** Neuron's labels that are not our names; those of `misread` pass its validation and then read wrong. */
const neuronLabels: ReadonlyMap<string, TagType> = new Map([
  ["byte", "bytes"],
  ["float32", "float"],
  ["float64", "double"],
]);
const misread: ReadonlySet<string> = new Set(["int8", "uint8", "bool", "word", "dword", "lword"]);

const vendorWords: readonly (readonly [TagType, readonly string[]])[] = [
  [
    "int16",
    [
      "int16",
      "sint16",
      "s16",
      "i16",
      "short",
      "int",
      "signed16",
      "signed",
      "int16s",
      "signedint16",
      "int16bit",
      "16bitsigned",
      "signed16bit",
      "sunssf",
      "有符号16位",
      "16位有符号",
      "有符号整型",
    ],
  ],
  [
    "uint16",
    [
      "uint16",
      "u16",
      "ui16",
      "ushort",
      "uint",
      "word",
      "unsigned16",
      "unsigned",
      "unsignedint16",
      "16bitunsigned",
      "unsigned16bit",
      "enum16",
      "bitfield16",
      "acc16",
      "count",
      "bitmap16",
      "无符号16位",
      "16位无符号",
      "无符号整型",
    ],
  ],
  [
    "int32",
    [
      "int32",
      "sint32",
      "s32",
      "i32",
      "long",
      "dint",
      "signed32",
      "32bitsigned",
      "signed32bit",
      "signedint32",
      "有符号32位",
      "32位有符号",
    ],
  ],
  [
    "uint32",
    [
      "uint32",
      "u32",
      "ui32",
      "ulong",
      "dword",
      "udint",
      "unsigned32",
      "32bitunsigned",
      "unsigned32bit",
      "unsignedint32",
      "enum32",
      "bitfield32",
      "acc32",
      "bitmap32",
      "无符号32位",
      "32位无符号",
    ],
  ],
  ["int64", ["int64", "s64", "i64", "llong", "lint", "signed64", "64bitsigned", "signed64bit", "longlong"]],
  [
    "uint64",
    [
      "uint64",
      "u64",
      "ui64",
      "qword",
      "lword",
      "ulint",
      "unsigned64",
      "64bitunsigned",
      "unsigned64bit",
      "acc64",
      "bitfield64",
    ],
  ],
  [
    "float",
    [
      "float",
      "float32",
      "f32",
      "real",
      "real32",
      "single",
      "ieee754",
      "ieee754float",
      "32bitfloat",
      "float32bit",
      "浮点",
      "浮点数",
      "单精度",
      "单精度浮点",
    ],
  ],
  ["double", ["double", "float64", "f64", "lreal", "real64", "64bitfloat", "双精度", "双精度浮点"]],
  ["bit", ["bit", "bool", "boolean", "coil", "flag", "开关量", "布尔", "布尔量"]],
  ["string", ["string", "str", "ascii", "char", "utf8", "text", "字符串"]],
  ["bytes", ["bytes", "raw", "bytearray"]],
];
const typeOfVendorWord: ReadonlyMap<string, TagType> = new Map(
  vendorWords.flatMap(([type, words]) => words.map((word) => [word, type] as const)),
);

/**
 * Reads a type's label.
 *
 * @param dialect "neuron": the gateway's own labels, where WORD, BOOL and their like read wrong and are refused;
 *   "vendor": what manuals print. An 8-bit type has no place in a register of a gateway and is refused in both.
 */
export function readTypeWord(text: string, dialect: "neuron" | "vendor"): Result<TypeWord, Problem> {
  const label = text.trim().toLowerCase();
  const own = tagTypes.find((known) => known === label);
  if (own) return ok({ type: own });
  if (dialect === "neuron") {
    if (misread.has(label)) return refused({ code: "tag.typeMisread", type: text.trim() });
    const type = neuronLabels.get(label);
    return type ? ok({ type }) : refused({ code: "tag.typeUnknown", text: text.trim() });
  }
  const sized = /^(.*?)[\s([<{]*(\d{1,3})[)\]>}]?$/.exec(label);
  const whole = typeOfVendorWord.get(normal(label));
  if (whole) return ok({ type: whole });
  const part = sized && typeOfVendorWord.get(normal(sized[1] ?? ""));
  if (part === "string" || part === "bytes") return ok({ type: part, length: Number(sized?.[2]) });
  if (/^(u?int8|[us]8|u?char|byte|sbyte)$/.test(normal(label))) {
    return refused({ code: "tag.typeMisread", type: text.trim() });
  }
  return refused({ code: "tag.typeUnknown", text: text.trim() });
}

function normal(label: string): string {
  return label.replace(/[\s_\-.()]+/g, "");
}
