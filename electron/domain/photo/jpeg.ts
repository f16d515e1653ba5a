import { joined } from "../joined.ts";
import { orientationBlock, readOrientation } from "./orientation.ts";

const marker = {
  startOfImage: 0xd8,
  endOfImage: 0xd9,
  startOfScan: 0xda,
  app0: 0xe0,
  app1: 0xe1,
  app2: 0xe2,
  app14: 0xee,
  app15: 0xef,
  comment: 0xfe,
} as const;

const exif = "Exif\0\0";

/**
 * A JPEG without Exif, XMP, Photoshop's block, comments, thumbnails and what follows its end (motion pictures, depth
 * maps); undefined where the segments do not fit together. JFIF's density, the colour profile and Adobe's word on
 * the colour transform stay, because the picture would look different without them.
 *
 * @see ITU-T T.81, annex B
 */
export function stripJpeg(bytes: Uint8Array): Uint8Array | undefined {
  const parts: Uint8Array[] = [bytes.subarray(0, 2)];
  let orientation = 1;
  let hasPicture = false;
  let at = 2;
  for (;;) {
    if (bytes[at] !== 0xff) return undefined;
    // Any number of fill bytes may stand before a marker.
    while (bytes[at + 1] === 0xff) at += 1;
    const code = bytes[at + 1];
    if (code === undefined) return undefined;
    if (code === marker.endOfImage) break;
    const length = ((bytes[at + 2] ?? 0) << 8) | (bytes[at + 3] ?? 0);
    const end = at + 2 + length;
    if (length < 2 || end > bytes.length || code < 0xc0) return undefined;
    const content = bytes.subarray(at + 4, end);
    if (code === marker.app1 && startsWith(content, exif)) orientation = readOrientation(content.subarray(6));
    if (isKept(code, content)) parts.push(bytes.subarray(at, end));
    at = end;
    if (code !== marker.startOfScan) continue;
    hasPicture = true;
    const scanned = endOfScan(bytes, at);
    parts.push(bytes.subarray(at, scanned));
    at = scanned;
  }
  if (!hasPicture) return undefined;
  const [start, ...rest] = parts;
  if (orientation !== 1) rest.splice(isJfif(rest[0]) ? 1 : 0, 0, exifSegment(orientation));
  return joined([start ?? new Uint8Array(), ...rest, new Uint8Array([0xff, marker.endOfImage])]);
}

function isKept(code: number, content: Uint8Array): boolean {
  if (code === marker.app0) return startsWith(content, "JFIF\0") && hasNoThumbnail(content);
  if (code === marker.app2) return startsWith(content, "ICC_PROFILE\0");
  if (code === marker.app14) return startsWith(content, "Adobe");
  return code !== marker.comment && !(code >= marker.app1 && code <= marker.app15);
}

/** JFIF may carry a small picture of its own, which was perhaps taken before the large one was cut. */
function hasNoThumbnail(content: Uint8Array): boolean {
  return content.length === 14 && content[12] === 0 && content[13] === 0;
}

/** Entropy-coded data goes on until a marker that is neither a stuffed zero nor a restart. */
function endOfScan(bytes: Uint8Array, from: number): number {
  let at = from;
  for (; at < bytes.length; at += 1) {
    const next = bytes[at + 1] ?? 0;
    if (bytes[at] === 0xff && next !== 0 && next !== 0xff && !(next >= 0xd0 && next <= 0xd7)) break;
  }
  return at;
}

function exifSegment(orientation: number): Uint8Array {
  const block = orientationBlock(orientation);
  const length = 2 + exif.length + block.length;
  const head = [0xff, marker.app1, length >> 8, length & 0xff];
  return new Uint8Array([...head, ...[...exif].map((letter) => letter.charCodeAt(0)), ...block]);
}

function isJfif(segment: Uint8Array | undefined): boolean {
  return segment?.[1] === marker.app0;
}

function startsWith(content: Uint8Array, text: string): boolean {
  for (let index = 0; index < text.length; index += 1)
    if (content[index] !== text.charCodeAt(index)) return false;
  return true;
}
