import type { Area, ByteOrder } from "#domain/tag/address.ts";
import { toWords } from "#domain/tag/byteOrder.ts";
import type { Point } from "./bank.ts";

type Quantity = (elapsedMs: number) => number;
type Place = { readonly area?: Area; readonly writable?: boolean };

function pointOf(
  offset: number,
  size: number,
  order: ByteOrder,
  place: Place,
  fill: (view: DataView, elapsedMs: number) => void,
): Point {
  return {
    area: place.area ?? "holding",
    offset,
    words: size / 2,
    writable: place.writable ?? false,
    at(elapsedMs) {
      const bytes = new Uint8Array(size);
      fill(new DataView(bytes.buffer), elapsedMs);
      return toWords(bytes, order);
    },
  };
}

/** A 16-bit register, signed or not; `scale` is what one count is worth. */
export function register(offset: number, of: Quantity, scale = 1, place: Place = {}): Point {
  return pointOf(offset, 2, "L", place, (view, ms) => view.setInt16(0, Math.round(of(ms) / scale)));
}

export function float(offset: number, of: Quantity, order: ByteOrder = "LL", place: Place = {}): Point {
  return pointOf(offset, 4, order, place, (view, ms) => view.setFloat32(0, of(ms)));
}

export function double(offset: number, of: Quantity, order: ByteOrder = "LL", place: Place = {}): Point {
  return pointOf(offset, 8, order, place, (view, ms) => view.setFloat64(0, of(ms)));
}

export function counter32(offset: number, of: Quantity, order: ByteOrder = "LL"): Point {
  return pointOf(offset, 4, order, {}, (view, ms) => view.setUint32(0, Math.floor(of(ms))));
}

export function counter64(offset: number, of: Quantity): Point {
  return pointOf(offset, 8, "LL", {}, (view, ms) => view.setBigUint64(0, BigInt(Math.floor(of(ms)))));
}

/** Text with the high byte first, padded with zeros to `bytes`. */
export function text(offset: number, bytes: number, value: string): Point {
  return pointOf(offset, bytes, "LL", {}, (view) => {
    for (let i = 0; i < Math.min(bytes, value.length); i++) view.setUint8(i, value.charCodeAt(i));
  });
}

/** A coil or a discrete input. */
export function bit(area: "coil" | "discrete", offset: number, of: (ms: number) => boolean): Point {
  return { area, offset, words: 1, writable: area === "coil", at: (ms) => [of(ms) ? 1 : 0] };
}
