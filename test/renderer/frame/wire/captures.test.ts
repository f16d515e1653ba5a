import { expect, test } from "vitest";
import type { WireView } from "#contract/views.ts";
import { capturesOf } from "#renderer/frame/wire/captures.ts";
import { trainingSite, wireRows } from "../../../support/page/trainingItems.ts";

const { lines } = trainingSite.head;
const rows = wireRows(10, 1_795_000_000_000);
const onPlc: WireView = {
  key: "tcp",
  seq: 11,
  at: 1_795_000_000_100,
  medium: "modbus",
  line: "plc",
  direction: "sent",
  unit: 1,
  says: { code: "wire.read", facts: { area: "holding", from: 0, to: 1 } },
  bytes: "00 07 00 00 00 06 01 03 00 00 00 02",
  verdict: "good",
  gapMs: 1,
};

const linkTypeOf = (file: Uint8Array) => new DataView(file.buffer).getUint32(20, true);

test("serial frames become one file named after the site, without the packets of the broker", () => {
  const [capture, ...others] = capturesOf(rows, lines, "North pump: station");

  expect(others).toEqual([]);
  expect(capture).toMatchObject({ name: "north-pump-station-rtu.pcap", frames: 9 });
  expect(linkTypeOf(capture?.bytes ?? new Uint8Array(24))).toBe(147);
});

test("frames of a serial line and of a TCP line become two files", () => {
  const captures = capturesOf([...rows, onPlc], lines, "泵站 7");

  expect(captures.map((capture) => [capture.name, linkTypeOf(capture.bytes)])).toEqual([
    ["泵站-7-rtu.pcap", 147],
    ["泵站-7-tcp.pcap", 1],
  ]);
});

test("frames of a line that has left the site are told by their head", () => {
  expect(capturesOf([onPlc], [], "").map((capture) => capture.name)).toEqual(["site-tcp.pcap"]);
  expect(capturesOf(rows, [], "").map((capture) => capture.medium)).toEqual(["rtu"]);
});

test("a filter that leaves packets of the broker alone gives no file", () => {
  expect(
    capturesOf(
      rows.filter((row) => row.medium === "mqtt"),
      lines,
      "x",
    ),
  ).toEqual([]);
});
