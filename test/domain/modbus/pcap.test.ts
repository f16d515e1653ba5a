import { describe, expect, test } from "vitest";
import { type CapturedFrame, internetChecksum, printPcap } from "#domain/modbus/pcap.ts";
import { rtuFrame } from "#domain/modbus/rtuFrame.ts";
import { tcpFrame } from "#domain/modbus/tcpFrame.ts";

const at = Date.UTC(2026, 10, 20, 13, 2, 11, 204);
const request = Uint8Array.of(3, 0, 0, 0, 2);
const reply = Uint8Array.of(3, 4, 0x43, 0x65, 0x4c, 0xf2);

/** Reads a capture back by the format's description, not by what wrote it. */
function parsePcap(file: Uint8Array) {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  const packets: { readonly seconds: number; readonly micro: number; readonly bytes: Uint8Array }[] = [];
  for (let start = 24; start < file.length; ) {
    const length = view.getUint32(start + 8, true);
    expect(view.getUint32(start + 12, true)).toBe(length);
    packets.push({
      seconds: view.getUint32(start, true),
      micro: view.getUint32(start + 4, true),
      bytes: file.slice(start + 16, start + 16 + length),
    });
    start += 16 + length;
  }
  return {
    magic: view.getUint32(0, true),
    version: [view.getUint16(4, true), view.getUint16(6, true)],
    longest: view.getUint32(16, true),
    linkType: view.getUint32(20, true),
    packets,
  };
}

/** The layers of one packet, each checksum added up over what it covers. */
function layers(packet: Uint8Array) {
  const view = new DataView(packet.buffer, packet.byteOffset);
  const ip = packet.subarray(14, 34);
  const segment = packet.subarray(34);
  const pseudo = Uint8Array.of(...ip.subarray(12, 20), 0, ip[9] ?? 0, 0, segment.length);
  return {
    type: view.getUint16(12),
    total: view.getUint16(16),
    from: [...ip.subarray(12, 16)].join("."),
    to: [...ip.subarray(16, 20)].join("."),
    ports: [view.getUint16(34), view.getUint16(36)],
    sequence: view.getUint32(38),
    acknowledged: view.getUint32(42),
    ipLeft: internetChecksum(ip),
    tcpLeft: internetChecksum(Uint8Array.of(...pseudo, ...segment)),
    payload: packet.slice(54),
  };
}

describe("a capture of serial frames", () => {
  test("holds each frame bare, with its CRC, under the link type for user 0", () => {
    const frame = rtuFrame(17, request);
    const parsed = parsePcap(printPcap([{ at, bytes: frame, medium: "rtu" }]));

    expect(parsed).toMatchObject({ magic: 0xa1b2c3d4, version: [2, 4], longest: 65535, linkType: 147 });
    expect(parsed.packets.map((packet) => packet.bytes)).toEqual([frame]);
  });

  test("keeps the time to the microsecond and carries a full second over", () => {
    const bytes = rtuFrame(1, request);
    const stamps = [at, at + 0.625, at + 795.9996].map((time) => ({
      at: time,
      bytes,
      medium: "rtu" as const,
    }));

    expect(parsePcap(printPcap(stamps)).packets.map(({ seconds, micro }) => [seconds, micro])).toEqual([
      [Math.floor(at / 1000), 204_000],
      [Math.floor(at / 1000), 204_625],
      [Math.floor(at / 1000) + 1, 0],
    ]);
  });

  test("without a frame is a head alone", () => {
    expect(printPcap([])).toHaveLength(24);
  });

  test("refuses frames of two media: a file has one link type", () => {
    const bytes = rtuFrame(1, request);

    expect(() =>
      printPcap([
        { at, bytes, medium: "rtu" },
        { at, bytes, medium: "tcp" },
      ]),
    ).toThrow("one medium");
  });
});

describe("a capture of TCP frames", () => {
  const asked = tcpFrame({ transaction: 7, unit: 1, pdu: request });
  const answered = tcpFrame({ transaction: 7, unit: 1, pdu: reply });
  const talk: readonly CapturedFrame[] = [
    { at, bytes: asked, medium: "tcp", direction: "sent", line: "plc" },
    { at: at + 3, bytes: answered, medium: "tcp", direction: "received", line: "plc" },
    { at: at + 5, bytes: asked, medium: "tcp", direction: "sent", line: "plc" },
    { at: at + 6, bytes: asked, medium: "tcp", direction: "sent", line: "meter" },
  ];
  const parsed = parsePcap(printPcap(talk));
  const packets = parsed.packets.map((packet) => layers(packet.bytes));

  test("is Ethernet with IPv4, whose payload is the frame", () => {
    expect(parsed.linkType).toBe(1);
    expect(packets.map((packet) => packet.type)).toEqual([0x800, 0x800, 0x800, 0x800]);
    expect(packets.map((packet) => packet.total)).toEqual(talk.map((frame) => 40 + frame.bytes.length));
    expect(packets.map((packet) => packet.payload)).toEqual(talk.map((frame) => frame.bytes));
  });

  test("has checksums that leave nothing over, for even and odd lengths", () => {
    expect(packets.map((packet) => [packet.ipLeft, packet.tcpLeft])).toEqual(talk.map(() => [0, 0]));
    expect(new Set(talk.map((frame) => frame.bytes.length % 2))).toEqual(new Set([0, 1]));
  });

  test("goes to port 502 when it asks and comes from it when it answers", () => {
    expect(packets[0]?.ports[1]).toBe(502);
    expect(packets[1]?.ports).toEqual([502, packets[0]?.ports[0]]);
    expect([packets[1]?.from, packets[1]?.to]).toEqual([packets[0]?.to, packets[0]?.from]);
  });

  test("counts sequence numbers on within one line, and keeps lines apart", () => {
    expect(packets[1]?.acknowledged).toBe((packets[0]?.sequence ?? 0) + asked.length);
    expect(packets[2]?.sequence).toBe((packets[0]?.sequence ?? 0) + asked.length);
    expect(packets[2]?.acknowledged).toBe((packets[1]?.sequence ?? 0) + answered.length);
    expect(packets[3]).toMatchObject({ sequence: 1, acknowledged: 1 });
    expect(packets[3]?.ports[0]).not.toBe(packets[0]?.ports[0]);
  });
});

test("the checksum is the one of published headers", () => {
  // RFC 1071, 3: the sum of these bytes is ddf2, its complement 220d.
  expect(internetChecksum(Uint8Array.of(0x00, 0x01, 0xf2, 0x03, 0xf4, 0xf5, 0xf6, 0xf7))).toBe(0x220d);
  // A whole IPv4 header as captured on many a network, its checksum b861.
  const header = Uint8Array.from("450000730000400040110000c0a80001c0a800c7".match(/../g) ?? [], (byte) =>
    Number.parseInt(byte, 16),
  );
  expect(internetChecksum(header)).toBe(0xb861);
});
