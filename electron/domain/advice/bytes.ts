/**
 * How many bytes MQTT costs on the wire, packet by packet. Each of our packets and of the answers is one TCP segment
 * in one TLS record, as small messages are.
 *
 * IPv4 and TCP with time stamps: 20 + 20 + 12 (RFC 7323, on by default in Linux). A TLS 1.3 record: 5 before, 1 and
 * 16 after (RFC 8446, 5.2, AES-GCM). MQTT: OASIS 3.1.1 and 5.0, sections 2 and 3.
 */
const headerBytes = 52;
const recordBytes = 22;
const segmentBytes = 1448;

export interface MqttKind {
  readonly version: "3.1.1" | "5";
  readonly tls: boolean;
  readonly qos: 0 | 1 | 2;
}

export interface Connecting extends MqttKind {
  readonly clientId: string;
  readonly username: string;
  readonly passwordBytes: number;
  /** of certificates and key exchange, both ways, before anything is said */
  readonly handshakeBytes: number;
}

/** Server hello, a chain of two certificates and both Finished: what a usual broker's TLS 1.3 handshake carries. */
export const usualHandshakeBytes = 4200;

/** A publish and what answers it, until both sides know. */
export function publishBytes(kind: MqttKind, topicBytes: number, payloadBytes: number): number {
  const properties = kind.version === "5" ? 1 : 0;
  const identifier = kind.qos === 0 ? 0 : 2;
  const publish = packetBytes(2 + topicBytes + identifier + properties + payloadBytes);
  const answer = 4;
  if (kind.qos === 0) return segments(kind, publish) + acknowledgement;
  if (kind.qos === 1) return segments(kind, publish) + segments(kind, answer) + acknowledgement;
  return segments(kind, publish) + 3 * segments(kind, answer) + acknowledgement;
}

/** PINGREQ, PINGRESP, and TCP's acknowledgement of it. */
export function pingBytes(kind: MqttKind): number {
  return 2 * segments(kind, 2) + acknowledgement;
}

/** A whole connection up to its first message, and its end: TCP, TLS, CONNECT, CONNACK, one SUBSCRIBE, DISCONNECT. */
export function sessionBytes(kind: Connecting): number {
  const five = kind.version === "5";
  const account =
    kind.username === ""
      ? 0
      : 2 + kind.username.length + (kind.passwordBytes > 0 ? 2 + kind.passwordBytes : 0);
  const connect = packetBytes(10 + (five ? 6 : 0) + 2 + kind.clientId.length + account);
  const connack = packetBytes(five ? 3 + 8 : 2);
  const opening = 3 * headerBytes;
  const handshake = kind.tls ? kind.handshakeBytes + 5 * headerBytes : 0;
  const subscribing = segments(kind, packetBytes(2 + (five ? 1 : 0) + 2 + 40 + 1)) + segments(kind, 5);
  const ending = segments(kind, 2) + 3 * headerBytes;
  return opening + handshake + segments(kind, connect) + segments(kind, connack) + subscribing + ending;
}

const acknowledgement = headerBytes;

/** A packet with its fixed header: a byte, and as many bytes of length as the rest needs (2.2.3). */
function packetBytes(rest: number): number {
  const length = rest < 128 ? 1 : rest < 16_384 ? 2 : rest < 2_097_152 ? 3 : 4;
  return 1 + length + rest;
}

function segments(kind: MqttKind, bytes: number): number {
  const whole = bytes + (kind.tls ? recordBytes : 0);
  return whole + headerBytes * Math.ceil(whole / segmentBytes);
}
