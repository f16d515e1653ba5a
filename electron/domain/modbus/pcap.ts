/** One frame as it passed, with everything from its first byte to its last. */
export interface CapturedFrame {
  /** ms since 1970; a fraction is kept to the microsecond */
  readonly at: number;
  readonly bytes: Uint8Array;
  /** rtu: with its CRC; tcp: with its header of seven bytes */
  readonly medium: "rtu" | "tcp";
  /** for tcp: who sent it, "sent" when absent */
  readonly direction?: "sent" | "received" | "heard";
  /** for tcp: frames of one name are one conversation */
  readonly line?: string;
}

/** What a capture holds is said once in its head: frames without any wrapping, to be decoded by the reader's table. */
const linkTypes = { rtu: 147, tcp: 1 } as const;
const longestPacket = 65_535;
const modbusPort = 502;

/**
 * Frames as a classic pcap file, little-endian, with microsecond stamps.
 *
 * RTU frames stand bare under link type 147 (DLT_USER0): Wireshark decodes them once its table "DLT_USER" maps User 0
 * to the payload protocol `mbrtu`. TCP frames are put into Ethernet, IPv4 and TCP to or from port 502, which
 * Wireshark decodes at once; the addresses are of the block for documentation (RFC 5737), one device a line.
 *
 * @param frames of one medium, oldest first; a file has one link type, so two media in one are a bug
 * @see https://ietf-opsawg-wg.github.io/draft-ietf-opsawg-pcap/draft-ietf-opsawg-pcap.html
 */
export function printPcap(frames: readonly CapturedFrame[]): Uint8Array {
  const medium = frames[0]?.medium ?? "rtu";
  if (frames.some((frame) => frame.medium !== medium)) throw new Error("a capture has frames of one medium");
  const wrap = medium === "tcp" ? conversations() : (frame: CapturedFrame) => frame.bytes;
  return joined([fileHead(linkTypes[medium]), ...frames.map((frame) => record(frame.at, wrap(frame)))]);
}

function fileHead(linkType: number): Uint8Array {
  const head = new DataView(new ArrayBuffer(24));
  head.setUint32(0, 0xa1b2c3d4, true);
  head.setUint16(4, 2, true);
  head.setUint16(6, 4, true);
  head.setUint32(16, longestPacket, true);
  head.setUint32(20, linkType, true);
  return new Uint8Array(head.buffer);
}

function record(at: number, packet: Uint8Array): Uint8Array {
  const microseconds = Math.round(at * 1000);
  const head = new DataView(new ArrayBuffer(16));
  head.setUint32(0, Math.floor(microseconds / 1_000_000), true);
  head.setUint32(4, microseconds % 1_000_000, true);
  head.setUint32(8, packet.length, true);
  head.setUint32(12, packet.length, true);
  return joined([new Uint8Array(head.buffer), packet]);
}

interface Peer {
  readonly address: number;
  readonly port: number;
  /** bytes it has sent: its next sequence number */
  sent: number;
}

/** Wraps frame after frame; sequence numbers go on within a line as on a real connection. */
function conversations(): (frame: CapturedFrame) => Uint8Array {
  const lines = new Map<string, { readonly master: Peer; readonly device: Peer }>();
  let count = 0;
  return (frame) => {
    const name = frame.line ?? "";
    const line = lines.get(name) ?? {
      master: { address: 0xc0000201, port: 49_152 + lines.size, sent: 1 },
      device: { address: 0xc0000202 + (lines.size % 250), port: modbusPort, sent: 1 },
    };
    lines.set(name, line);
    count += 1;
    const [from, to] =
      frame.direction === "received" ? [line.device, line.master] : [line.master, line.device];
    const packet = ethernet(ipv4(from, to, count, tcpSegment(from, to, frame.bytes)), from, to);
    from.sent += frame.bytes.length;
    return packet;
  };
}

/** @see RFC 9293, 3.1 */
function tcpSegment(from: Peer, to: Peer, bytes: Uint8Array): Uint8Array {
  const segment = new Uint8Array(20 + bytes.length);
  const view = new DataView(segment.buffer);
  view.setUint16(0, from.port);
  view.setUint16(2, to.port);
  view.setUint32(4, from.sent);
  view.setUint32(8, to.sent);
  // Five words of header; acknowledges and pushes.
  view.setUint16(12, 0x5018);
  view.setUint16(14, 0xffff);
  segment.set(bytes, 20);
  const pseudo = new DataView(new ArrayBuffer(12));
  pseudo.setUint32(0, from.address);
  pseudo.setUint32(4, to.address);
  pseudo.setUint16(8, 6);
  pseudo.setUint16(10, segment.length);
  view.setUint16(16, internetChecksum(joined([new Uint8Array(pseudo.buffer), segment])));
  return segment;
}

/** @see RFC 791, 3.1 */
function ipv4(from: Peer, to: Peer, id: number, segment: Uint8Array): Uint8Array {
  const head = new DataView(new ArrayBuffer(20));
  head.setUint16(0, 0x4500);
  head.setUint16(2, 20 + segment.length);
  head.setUint16(4, id & 0xffff);
  // Not to be cut up; 64 hops; TCP inside.
  head.setUint16(6, 0x4000);
  head.setUint16(8, 0x4006);
  head.setUint32(12, from.address);
  head.setUint32(16, to.address);
  head.setUint16(10, internetChecksum(new Uint8Array(head.buffer)));
  return joined([new Uint8Array(head.buffer), segment]);
}

/** Addresses are the IPv4 ones after 02:00, which marks them as given out locally. */
function ethernet(packet: Uint8Array, from: Peer, to: Peer): Uint8Array {
  const head = new DataView(new ArrayBuffer(14));
  head.setUint16(0, 0x0200);
  head.setUint32(2, to.address);
  head.setUint16(6, 0x0200);
  head.setUint32(8, from.address);
  head.setUint16(12, 0x0800);
  return joined([new Uint8Array(head.buffer), packet]);
}

/**
 * The checksum of IPv4 and TCP: 0 over bytes that already carry it.
 * @see RFC 1071
 */
export function internetChecksum(bytes: Uint8Array): number {
  let sum = 0;
  for (let at = 0; at < bytes.length; at += 2) sum += ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0);
  while (sum > 0xffff) sum = (sum & 0xffff) + Math.floor(sum / 0x10000);
  return ~sum & 0xffff;
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
