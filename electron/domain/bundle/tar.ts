import type { Problem } from "#domain/problem.ts";
import { ok, type Result, refused } from "#domain/result.ts";
import { utf8Bytes } from "../utf8.ts";
import type { BundleFile } from "./manifest.ts";

/** What a bundle may hold at most; a stick from a stranger is read with these in mind. */
export const tarLimits = { files: 256, bytes: 64 * 1024 * 1024 } as const;

const block = 512;

/**
 * An uncompressed ustar archive of regular files in the order given. The same files give the same bytes anywhere:
 * no times, owners or modes but fixed ones. Paths are ASCII of at most 100 characters.
 *
 * @see POSIX.1-2017, pax, ustar Interchange Format
 */
export function writeTar(files: readonly BundleFile[]): Uint8Array {
  const size = files.reduce((sum, file) => sum + block + padded(file.bytes.length), 2 * block);
  const archive = new Uint8Array(size);
  let at = 0;
  for (const file of files) {
    archive.set(headerOf(file.path, file.bytes.length), at);
    archive.set(file.bytes, at + block);
    at += block + padded(file.bytes.length);
  }
  return archive;
}

/**
 * The files of an archive that writeTar could have written, and of no other: whatever deviates by a byte, has a
 * link, a twin or something after its end is `bundle.malformed`; the rest is `bundle.truncated`, `bundle.tooLarge`
 * and `bundle.pathUnsafe`.
 */
export function readTar(archive: Uint8Array): Result<readonly BundleFile[], Problem> {
  if (archive.length > tarLimits.bytes) return refused(tooLarge(`larger than ${tarLimits.bytes} bytes`));
  const files: BundleFile[] = [];
  const paths = new Set<string>();
  let at = 0;
  while (!isZero(archive, at, block)) {
    if (at + block > archive.length) return refused({ code: "bundle.truncated" });
    if (files.length === tarLimits.files) return refused(tooLarge(`more than ${tarLimits.files} files`));
    const header = archive.subarray(at, at + block);
    const path = asciiUntilZero(header.subarray(0, 100));
    const size = octal(header.subarray(124, 136));
    if (path === undefined || size === undefined) {
      return refused(malformed(`entry ${files.length + 1} has no plain path or size`));
    }
    if (!isPlainPath(path)) return refused({ code: "bundle.pathUnsafe", path });
    if (paths.has(path)) return refused(malformed(`${path} is there twice`));
    if (!equal(header, headerOf(path, size))) return refused(malformed(`${path} has an unusual header`));
    const end = at + block + padded(size);
    if (end > archive.length) return refused({ code: "bundle.truncated" });
    if (!isZero(archive, at + block + size, padded(size) - size)) {
      return refused(malformed(`${path} has bytes after its end`));
    }
    paths.add(path);
    files.push({ path, bytes: archive.slice(at + block, at + block + size) });
    at = end;
  }
  if (archive.length < at + 2 * block) return refused({ code: "bundle.truncated" });
  if (archive.length !== at + 2 * block || !isZero(archive, at, 2 * block)) {
    return refused(malformed("the archive does not end where it should"));
  }
  return ok(files);
}

/** What all headers share; path, size and checksum come on top. */
const plainHeader = (() => {
  const header = new Uint8Array(block);
  const put = (at: number, text: string) => header.set(utf8Bytes(text), at);
  put(100, "0000644\0");
  put(108, "0000000\0");
  put(116, "0000000\0");
  put(136, "00000000000\0");
  put(148, "        ");
  put(156, "0");
  put(257, "ustar\0" + "00");
  return header;
})();

function headerOf(path: string, size: number): Uint8Array {
  const header = plainHeader.slice();
  putAscii(header, 0, path);
  putAscii(header, 124, `${size.toString(8).padStart(11, "0")}\0`);
  let sum = 0;
  for (const byte of header) sum += byte;
  putAscii(header, 148, `${sum.toString(8).padStart(6, "0")}\0 `);
  return header;
}

function putAscii(bytes: Uint8Array, at: number, text: string): void {
  for (let index = 0; index < text.length; index += 1) bytes[at + index] = text.charCodeAt(index);
}

/** Plain ASCII names that mean the same on every system, never upwards, absolute or hidden. */
export function isPlainPath(path: string): boolean {
  return /^[A-Za-z0-9_-][A-Za-z0-9._-]*(\/[A-Za-z0-9_-][A-Za-z0-9._-]*)*$/.test(path);
}

function asciiUntilZero(bytes: Uint8Array): string | undefined {
  const end = bytes.indexOf(0);
  const text = bytes.subarray(0, end === -1 ? bytes.length : end);
  return text.some((byte) => byte > 0x7e) ? undefined : String.fromCharCode(...text);
}

function octal(bytes: Uint8Array): number | undefined {
  const text = asciiUntilZero(bytes);
  return text !== undefined && /^[0-7]{11}$/.test(text) ? Number.parseInt(text, 8) : undefined;
}

/** True where only zeros stand from `at` on, as far as there are bytes; false at or beyond the end. */
function isZero(bytes: Uint8Array, at: number, length: number): boolean {
  if (length === 0) return true;
  if (at >= bytes.length) return false;
  const end = Math.min(bytes.length, at + length);
  for (let index = at; index < end; index += 1) if (bytes[index] !== 0) return false;
  return true;
}

function equal(one: Uint8Array, other: Uint8Array): boolean {
  if (one.length !== other.length) return false;
  for (let index = 0; index < one.length; index += 1) if (one[index] !== other[index]) return false;
  return true;
}

function padded(length: number): number {
  return Math.ceil(length / block) * block;
}

function tooLarge(reason: string): Problem {
  return { code: "bundle.tooLarge", reason };
}

function malformed(reason: string): Problem {
  return { code: "bundle.malformed", reason };
}
