import type { WireView } from "#contract/views.ts";
import { crc16 } from "#domain/modbus/crc.ts";

/** A run of bytes of a frame and what it means. */
export type FramePart = {
  /** `00 0A` */
  readonly bytes: string;
} & (
  | {
      readonly kind:
        | "transaction"
        | "protocol"
        | "length"
        | "unit"
        | "offset"
        | "count"
        | "byteCount"
        | "value"
        | "exception";
      readonly value: number;
    }
  | { readonly kind: "function" | "exceptionFunction"; readonly value: number }
  | { readonly kind: "register"; readonly at: number; readonly value: number }
  | { readonly kind: "bits"; readonly from: number; readonly value: number }
  | { readonly kind: "data" }
  | { readonly kind: "crc"; readonly expected: string | null }
);

/**
 * A Modbus frame of the wire drawer, byte by byte.
 *
 * @param frame `bytes` as hex; RTU with its checksum, or TCP with its header, told apart by the header's own length
 * @returns parts in order; together they are all bytes of the frame
 * @see MODBUS Application Protocol v1.1b3, 6
 */
export function decodeFrame(frame: Pick<WireView, "bytes" | "direction">): readonly FramePart[] {
  const bytes = frame.bytes
    .split(" ")
    .filter((text) => /^[0-9a-f]{2}$/i.test(text))
    .map((text) => Number.parseInt(text, 16));
  const isTcp = bytes.length > 7 && word(bytes, 2) === 0 && word(bytes, 4) === bytes.length - 6;
  const end = isTcp ? bytes.length : bytes.length - 2;
  if (end < 2) return bytes.length === 0 ? [] : [{ kind: "data", bytes: hex(bytes) }];
  const reader = readerOf(bytes, end);
  if (isTcp) {
    reader.number("transaction", 2);
    reader.number("protocol", 2);
    reader.number("length", 2);
  }
  reader.number("unit", 1);
  const code = bytes[reader.at()] ?? 0;
  if (code > 0x80) {
    reader.number("exceptionFunction", 1);
    reader.number("exception", 1);
  } else {
    reader.number("function", 1);
    if (frame.direction === "sent") readRequest(code, reader);
    else readReply(code, reader);
  }
  reader.rest();
  if (!isTcp) reader.put({ kind: "crc", bytes: hex(bytes.slice(end)), expected: wrongCrc(bytes, end) });
  return reader.parts;
}

type Reader = ReturnType<typeof readerOf>;

function readRequest(code: number, reader: Reader): void {
  if (code >= 1 && code <= 4) {
    reader.number("offset", 2);
    reader.number("count", 2);
  } else if (code === 5 || code === 6) {
    reader.number("offset", 2);
    reader.number("value", 2);
  } else if (code === 15 || code === 16) {
    reader.number("offset", 2);
    reader.number("count", 2);
    reader.number("byteCount", 1);
    if (code === 16) reader.registers();
    else reader.bits();
  }
}

function readReply(code: number, reader: Reader): void {
  if (code === 3 || code === 4) {
    reader.number("byteCount", 1);
    reader.registers();
  } else if (code === 1 || code === 2) {
    reader.number("byteCount", 1);
    reader.bits();
  } else if (code === 5 || code === 6) {
    reader.number("offset", 2);
    reader.number("value", 2);
  } else if (code === 15 || code === 16) {
    reader.number("offset", 2);
    reader.number("count", 2);
  }
}

/** Reads `bytes` up to `end`, where the checksum begins; never beyond it, however short the frame is. */
function readerOf(bytes: readonly number[], end: number) {
  const parts: FramePart[] = [];
  let at = 0;

  function take(length: number): { bytes: string; value: number } {
    const taken = bytes.slice(at, at + length);
    at += length;
    return { bytes: hex(taken), value: taken.reduce((sum, byte) => sum * 256 + byte, 0) };
  }

  return {
    parts,
    at: () => at,
    put: (part: FramePart) => parts.push(part),
    number(kind: Exclude<FramePart["kind"], "register" | "bits" | "data" | "crc">, length: number) {
      if (at + length <= end) parts.push({ kind, ...take(length) });
    },
    registers() {
      for (let index = 0; at + 2 <= end; index++) parts.push({ kind: "register", at: index, ...take(2) });
    },
    bits() {
      for (let from = 0; at < end; from += 8) parts.push({ kind: "bits", from, ...take(1) });
    },
    rest() {
      if (at < end) parts.push({ kind: "data", bytes: take(end - at).bytes });
    },
  };
}

function wrongCrc(bytes: readonly number[], end: number): string | null {
  const expected = crc16(Uint8Array.from(bytes.slice(0, end)));
  const low = expected & 0xff;
  const high = expected >> 8;
  return bytes[end] === low && bytes[end + 1] === high ? null : hex([low, high]);
}

function word(bytes: readonly number[], at: number): number {
  return (bytes[at] ?? 0) * 256 + (bytes[at + 1] ?? 0);
}

function hex(bytes: readonly number[]): string {
  return bytes.map((byte) => byte.toString(16).toUpperCase().padStart(2, "0")).join(" ");
}
