import { deflateSync } from "node:zlib";

/** Texts that a camera or a program would put beside a picture; none may be in a clean one. */
export const told = ["GPS 31.2304N", "SERIAL-4711", "Anna's phone", "photoshop", "motion-photo"] as const;

const text = (words: string) => Buffer.from(words, "latin1");

function segment(marker: number, ...content: readonly Uint8Array[]): Buffer {
  const bytes = Buffer.concat(content);
  const head = Buffer.from([0xff, marker, (bytes.length + 2) >> 8, (bytes.length + 2) & 0xff]);
  return Buffer.concat([head, bytes]);
}

/** An Exif block with an orientation, a place and a serial number. */
export function exif(orientation: number, little = true): Buffer {
  const block = Buffer.alloc(60 + 40);
  const put16 = (value: number, at: number) =>
    little ? block.writeUInt16LE(value, at) : block.writeUInt16BE(value, at);
  const put32 = (value: number, at: number) =>
    little ? block.writeUInt32LE(value, at) : block.writeUInt32BE(value, at);
  block.write(little ? "II" : "MM", 0, "latin1");
  put16(42, 2);
  put32(8, 4);
  put16(2, 8);
  // Make, ASCII: where the text stands.
  for (const [index, value] of [0x010f, 2].entries()) put16(value, 10 + 2 * index);
  put32(24, 14);
  put32(60, 18);
  put16(0x0112, 22);
  put16(3, 24);
  put32(1, 26);
  put16(orientation, 30);
  block.write(`${told[0]} ${told[1]}`, 60, "latin1");
  return block;
}

/** A small JPEG in structure: what a decoder needs is there, and everything that a camera adds. */
export function jpeg(orientation = 6): Buffer {
  return Buffer.concat([
    Buffer.from([0xff, 0xd8]),
    segment(0xe0, text("JFIF\0"), Buffer.from([1, 1, 0, 0, 1, 0, 1, 0, 0])),
    segment(0xe1, text("Exif\0\0"), exif(orientation)),
    segment(0xe1, text(`http://ns.adobe.com/xap/1.0/\0<x>${told[2]}</x>`)),
    segment(0xe2, text("ICC_PROFILE\0"), Buffer.from([1, 1, 9, 9])),
    segment(0xe2, text(`MPF\0${told[4]}`)),
    segment(0xed, text(told[3])),
    segment(0xfe, text(told[2])),
    segment(0xee, text("Adobe"), Buffer.from([0, 100, 0, 0, 0, 0, 1])),
    segment(0xdb, Buffer.alloc(65, 1)),
    segment(0xc0, Buffer.from([8, 0, 1, 0, 1, 1, 1, 0x11, 0])),
    segment(0xc4, Buffer.alloc(20, 0)),
    segment(0xda, Buffer.from([1, 1, 0, 0, 0x3f, 0])),
    Buffer.from([0x12, 0xff, 0x00, 0x34, 0xff, 0xd0, 0x56]),
    Buffer.from([0xff, 0xd9]),
    text(told[4]),
  ]);
}

function crc(bytes: Uint8Array): number {
  let value = 0xffffffff;
  for (const byte of bytes) {
    value ^= byte;
    for (let bit = 0; bit < 8; bit += 1) value = value & 1 ? 0xedb88320 ^ (value >>> 1) : value >>> 1;
  }
  return (value ^ 0xffffffff) >>> 0;
}

function chunk(type: string, content: Uint8Array): Buffer {
  const named = Buffer.concat([text(type), content]);
  const whole = Buffer.alloc(named.length + 8);
  whole.writeUInt32BE(content.length, 0);
  named.copy(whole, 4);
  whole.writeUInt32BE(crc(named), named.length + 4);
  return whole;
}

/** A whole PNG of one grey pixel with everything that programs add. */
export function png(orientation = 3): Buffer {
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk("IHDR", Buffer.from([0, 0, 0, 1, 0, 0, 0, 1, 8, 0, 0, 0, 0])),
    chunk("eXIf", exif(orientation, false)),
    chunk("tEXt", text(`Author\0${told[2]}`)),
    chunk("iTXt", text(`Place\0\0\0\0\0${told[0]}`)),
    chunk("tIME", Buffer.from([7, 0xea, 11, 23, 1, 2, 3])),
    chunk("prVt", text(told[3])),
    chunk("IDAT", deflateSync(Buffer.from([0, 128]))),
    chunk("IEND", Buffer.alloc(0)),
    text(told[4]),
  ]);
}
