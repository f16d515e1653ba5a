import { crc32 } from "node:zlib";
import type { QueuedMessage, QueueMessage } from "#capabilities/sampleQueue.ts";

/**
 * One message on the disk, little endian: `4C 51`, two zero bytes, CRC-32 of what follows, length of the payload
 * (4 bytes), length of the topic (4), number (8, a double), time (8, a double), topic in UTF-8, payload.
 */
const headBytes = 32;
const crcAt = 4;
const payloadAt = 8;
const topicAt = 12;
const numberAt = 16;
const timeAt = 24;
const mark = 0x514c;

/** MQTT carries no longer topic; and no gateway sends such a payload. */
const longestTopic = 65_535;
const longestPayload = 64 * 1024 * 1024;

export function recordBytes(message: QueueMessage): number {
  return headBytes + Buffer.byteLength(message.topic) + message.payload.length;
}

/** Writes a message into `buffer` at `at`. @returns where the next one goes */
export function writeRecord(buffer: Buffer, at: number, number: number, message: QueueMessage): number {
  const topicBytes = buffer.write(message.topic, at + headBytes);
  const end = at + headBytes + topicBytes + message.payload.length;
  buffer.set(message.payload, at + headBytes + topicBytes);
  buffer.writeUInt32LE(mark, at);
  buffer.writeUInt32LE(message.payload.length, at + payloadAt);
  buffer.writeUInt32LE(topicBytes, at + topicAt);
  buffer.writeDoubleLE(number, at + numberAt);
  buffer.writeDoubleLE(message.at, at + timeAt);
  buffer.writeUInt32LE(crc32(buffer.subarray(at + payloadAt, end)), at + crcAt);
  return end;
}

/** The message at `at` and where it ends; "short" where the buffer may end too early, "bad" where none is. */
export function readRecord(
  buffer: Buffer,
  at: number,
): { readonly message: QueuedMessage; readonly end: number } | "short" | "bad" {
  if (at + headBytes > buffer.length) return "short";
  if (buffer.readUInt32LE(at) !== mark) return "bad";
  const payloadBytes = buffer.readUInt32LE(at + payloadAt);
  const topicBytes = buffer.readUInt32LE(at + topicAt);
  if (topicBytes > longestTopic || payloadBytes > longestPayload) return "bad";
  const payloadFrom = at + headBytes + topicBytes;
  const end = payloadFrom + payloadBytes;
  if (end > buffer.length) return "short";
  if (crc32(buffer.subarray(at + payloadAt, end)) !== buffer.readUInt32LE(at + crcAt)) return "bad";
  const message = {
    number: buffer.readDoubleLE(at + numberAt),
    at: buffer.readDoubleLE(at + timeAt),
    topic: buffer.toString("utf8", at + headBytes, payloadFrom),
    payload: buffer.subarray(payloadFrom, end),
  };
  return { message, end };
}

/** The next place after `at` where a message may begin; the buffer's length where there is none. */
export function nextMark(buffer: Buffer, at: number): number {
  const found = buffer.indexOf(markBytes, at + 1);
  // A mark may lie across the buffer's end.
  return found === -1 ? Math.max(at + 1, buffer.length - markBytes.length + 1) : found;
}

const markBytes = Buffer.from([0x4c, 0x51, 0, 0]);
