import { utf8Text } from "../utf8.ts";

/** What of an MQTT packet a bystander counts. */
export type MqttPacket =
  | {
      readonly kind: "publish";
      readonly topic: string;
      readonly qos: 0 | 1 | 2;
      /** marked by its sender as sent before */
      readonly again: boolean;
      readonly payload: Uint8Array;
    }
  | { readonly kind: "connect" | "other" }
  | { readonly kind: "welcome"; readonly accepted: boolean }
  | { readonly kind: "ping" };

const types = { connect: 1, connack: 2, publish: 3, pingreq: 12 } as const;
const longest = 4 * 1024 * 1024;

/** Cuts a stream of bytes into MQTT packets. */
export interface PacketReader {
  /** @returns packets that these bytes complete */
  push(bytes: Uint8Array): readonly MqttPacket[];
  /** false once the stream turned out to be something else, TLS for example */
  readonly isMqtt: boolean;
}

/** @see MQTT 3.1.1 and 5.0, section 2: fixed header, then as many bytes as its remaining length says */
export function packetReader(): PacketReader {
  let held = new Uint8Array(0);
  let isMqtt = true;
  let isFive = false;
  return {
    get isMqtt() {
      return isMqtt;
    },
    push(bytes) {
      if (!isMqtt) return [];
      held = joined(held, bytes);
      const packets: MqttPacket[] = [];
      for (;;) {
        const frame = frameAt(held);
        if (frame === "foreign") {
          isMqtt = false;
          held = new Uint8Array(0);
          return packets;
        }
        if (frame === "short") return packets;
        const body = held.subarray(frame.start, frame.end);
        if (frame.type === types.connect) isFive = body[6] === 5;
        packets.push(packetOf(frame, body, isFive));
        held = held.slice(frame.end);
      }
    },
  };
}

interface Frame {
  readonly type: number;
  readonly flags: number;
  readonly start: number;
  readonly end: number;
}

function frameAt(bytes: Uint8Array): Frame | "short" | "foreign" {
  const first = bytes[0];
  if (first === undefined) return "short";
  const type = first >> 4;
  // 0 is no packet; a TLS hello is 0x16: a CONNECT with flags, which are forbidden there.
  if (type === 0 || (type === types.connect && (first & 0x0f) !== 0)) return "foreign";
  const length = numberAt(bytes, 1);
  if (length === "short" || length === "foreign") return length;
  const end = length.next + length.value;
  if (length.value > longest) return "foreign";
  return bytes.length < end ? "short" : { type, flags: first & 0x0f, start: length.next, end };
}

/** A variable byte integer, at most four bytes. */
function numberAt(
  bytes: Uint8Array,
  start: number,
): { readonly value: number; readonly next: number } | "short" | "foreign" {
  let value = 0;
  for (let place = 0; place < 4; place++) {
    const byte = bytes[start + place];
    if (byte === undefined) return "short";
    value += (byte & 0x7f) * 128 ** place;
    if (byte < 0x80) return { value, next: start + place + 1 };
  }
  return "foreign";
}

function packetOf({ type, flags }: Frame, body: Uint8Array, isFive: boolean): MqttPacket {
  if (type === types.connect) return { kind: "connect" };
  if (type === types.connack) return { kind: "welcome", accepted: body[1] === 0 };
  if (type === types.pingreq) return { kind: "ping" };
  if (type !== types.publish) return { kind: "other" };
  const qos = ((flags >> 1) & 3) as 0 | 1 | 2;
  const topicEnd = 2 + ((body[0] ?? 0) << 8) + (body[1] ?? 0);
  let start = topicEnd + (qos === 0 ? 0 : 2);
  if (isFive) {
    const properties = numberAt(body, start);
    if (typeof properties === "object") start = properties.next + properties.value;
  }
  return {
    kind: "publish",
    topic: utf8Text(body.subarray(2, topicEnd)) ?? "",
    qos,
    again: (flags & 8) !== 0,
    payload: body.slice(start),
  };
}

function joined(a: Uint8Array, b: Uint8Array): Uint8Array<ArrayBuffer> {
  const both = new Uint8Array(a.length + b.length);
  both.set(a);
  both.set(b, a.length);
  return both;
}
