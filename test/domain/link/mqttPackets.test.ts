import fc from "fast-check";
import { expect, test } from "vitest";
import { packetReader } from "#domain/link/mqttPackets.ts";

const connect = [0x10, 0x0c, 0, 4, 0x4d, 0x51, 0x54, 0x54, 4, 2, 0, 60, 0, 0];
const connect5 = [0x10, 0x0d, 0, 4, 0x4d, 0x51, 0x54, 0x54, 5, 2, 0, 60, 0, 0, 0];
const qos0 = [0x30, 0x05, 0, 1, 0x61, 0x68, 0x69];
const again1 = [0x3a, 0x07, 0, 1, 0x61, 0, 7, 0x68, 0x69];
const with5 = [0x30, 0x08, 0, 1, 0x61, 2, 1, 1, 0x68, 0x69];
const ping = [0xc0, 0];
const bytes = (...parts: number[][]) => Uint8Array.from(parts.flat());
const hi = new Uint8Array([0x68, 0x69]);

test("connect, publish at each level and ping are told, however the bytes are cut", () => {
  const whole = bytes(connect, qos0, again1, ping);
  const expected = [
    { kind: "connect" },
    { kind: "publish", topic: "a", qos: 0, again: false, payload: hi },
    { kind: "publish", topic: "a", qos: 1, again: true, payload: hi },
    { kind: "ping" },
  ];
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 40, maxLength: 40 }), (cuts) => {
      const reader = packetReader();
      const packets = [];
      let at = 0;
      for (const length of cuts) {
        packets.push(...reader.push(whole.subarray(at, at + length)));
        at += length;
      }
      expect(packets).toEqual(expected);
    }),
  );
});

test("in version 5 the properties before a payload are left out", () => {
  const reader = packetReader();

  expect(reader.push(bytes(connect5, with5))).toEqual([
    { kind: "connect" },
    { kind: "publish", topic: "a", qos: 0, again: false, payload: hi },
  ]);
});

test("a broker's welcome says whether it accepts", () => {
  expect(packetReader().push(bytes([0x20, 2, 0, 0], [0x20, 2, 0, 5]))).toEqual([
    { kind: "welcome", accepted: true },
    { kind: "welcome", accepted: false },
  ]);
});

test("TLS is not MQTT, and nothing of it is read", () => {
  const reader = packetReader();

  expect(reader.push(bytes([0x16, 3, 1, 0, 5, 1, 0, 0, 1, 0]))).toEqual([]);
  expect(reader.isMqtt).toBe(false);
});
