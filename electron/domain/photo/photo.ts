import type { Problem } from "../problem.ts";
import { type Result, refused } from "../result.ts";
import { stripJpeg } from "./jpeg.ts";
import { stripPng } from "./png.ts";

/** Larger ones would make reports that nobody can send. */
const largestPhotoBytes = 16 * 1024 * 1024;

/** A photograph that says what was in front of the lens and nothing else. */
export interface CleanPhoto {
  readonly type: "jpeg" | "png";
  readonly bytes: Uint8Array;
}

/**
 * Takes away all that a camera writes beside the picture: place, time, serial numbers, names, comments, thumbnails
 * and second pictures. Which way is up is kept as the only word of a new, minimal Exif block; colour profiles stay.
 * Stripping twice gives the same bytes.
 *
 * Problems: `photo.unknownKind` for anything but JPEG and PNG, `photo.damaged`, `photo.tooLarge`.
 */
export function stripPhoto(bytes: Uint8Array): Result<CleanPhoto, Problem> {
  if (bytes.length > largestPhotoBytes) return refused({ code: "photo.tooLarge", limit: largestPhotoBytes });
  if (bytes[0] === 0xff && bytes[1] === 0xd8) return cleaned("jpeg", stripJpeg(bytes));
  if (bytes[0] === 0x89 && bytes[1] === 0x50) return cleaned("png", stripPng(bytes));
  return refused({ code: "photo.unknownKind" });
}

function cleaned(type: CleanPhoto["type"], bytes: Uint8Array | undefined): Result<CleanPhoto, Problem> {
  return bytes === undefined ? refused({ code: "photo.damaged" }) : { ok: true, value: { type, bytes } };
}
