import { joined } from "../joined.ts";
import { orientationBlock, readOrientation } from "./orientation.ts";

const signature = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];

/** Chunks that make the picture and its colours; texts, times, Exif and whatever programs add are left out. */
const kept = new Set("IHDR PLTE IDAT IEND tRNS cHRM gAMA iCCP sBIT sRGB cICP bKGD pHYs".split(" "));

/**
 * A PNG with nothing but its picture; undefined where the chunks do not fit together.
 *
 * @see W3C Portable Network Graphics (Third Edition), 5 and 11
 */
export function stripPng(bytes: Uint8Array): Uint8Array | undefined {
  if (signature.some((byte, index) => bytes[index] !== byte)) return undefined;
  const parts: Uint8Array[] = [bytes.subarray(0, 8)];
  let orientation = 1;
  let hasPicture = false;
  for (let at = 8; ; ) {
    if (at + 12 > bytes.length) return undefined;
    const length = u32(bytes, at);
    const end = at + 12 + length;
    if (end > bytes.length) return undefined;
    const type = String.fromCharCode(...bytes.subarray(at + 4, at + 8));
    if (u32(bytes, end - 4) !== crc32(bytes.subarray(at + 4, end - 4))) return undefined;
    if ((at === 8) !== (type === "IHDR")) return undefined;
    if (type === "eXIf") orientation = readOrientation(bytes.subarray(at + 8, end - 4));
    if (type === "IDAT") hasPicture = true;
    if (kept.has(type)) parts.push(bytes.subarray(at, end));
    at = end;
    if (type === "IEND") break;
  }
  if (!hasPicture) return undefined;
  if (orientation !== 1) parts.splice(2, 0, chunk("eXIf", orientationBlock(orientation)));
  return joined(parts);
}

function chunk(type: string, content: Uint8Array): Uint8Array {
  const named = joined([new Uint8Array([...type].map((letter) => letter.charCodeAt(0))), content]);
  return joined([u32Bytes(content.length), named, u32Bytes(crc32(named))]);
}

function u32(bytes: Uint8Array, at: number): number {
  return (
    (bytes[at] ?? 0) * 0x1000000 +
    (((bytes[at + 1] ?? 0) << 16) | ((bytes[at + 2] ?? 0) << 8) | (bytes[at + 3] ?? 0))
  );
}

function u32Bytes(value: number): Uint8Array {
  return new Uint8Array([value >>> 24, (value >>> 16) & 0xff, (value >>> 8) & 0xff, value & 0xff]);
}

const table = Uint32Array.from({ length: 256 }, (_, index) => {
  let value = index;
  for (let bit = 0; bit < 8; bit += 1) value = value & 1 ? 0xedb88320 ^ (value >>> 1) : value >>> 1;
  return value;
});

/** @see ISO 3309, as PNG's annex D writes it */
function crc32(bytes: Uint8Array): number {
  let value = 0xffffffff;
  for (const byte of bytes) value = (table[(value ^ byte) & 0xff] ?? 0) ^ (value >>> 8);
  return (value ^ 0xffffffff) >>> 0;
}
