import { readFileSync } from "node:fs";
import { encode } from "cborg";
import { describe, expect, test } from "vitest";
import { type PayloadChoice, payloadDecoder } from "#domain/payload/payloadDecoder.ts";
import type { PayloadReading } from "#domain/payload/reading.ts";
import { encoded, variable } from "./messages.ts";

interface Recorded {
  readonly name: string;
  readonly params: { readonly schema?: string };
  readonly messages: readonly { readonly topic: string; readonly payload: string }[];
}

const recorded = JSON.parse(
  readFileSync(new URL("../../vectors/gateway/neuron-2.15.1-messages.json", import.meta.url), "utf8"),
) as readonly Recorded[];

const bytesOf = (text: string) => new TextEncoder().encode(text);

function read(topic: string, bytes: Uint8Array, choice: PayloadChoice = {}) {
  const decoder = payloadDecoder(choice);
  if (!decoder.ok) throw new Error(decoder.problem.code);
  const decoded = decoder.value(topic, bytes);
  if (!decoded.ok) throw new Error(decoded.problem.code);
  return decoded.value;
}

const shown = (readings: readonly PayloadReading[]) =>
  Object.fromEntries(readings.map((one) => [one.tag, one.value ?? { error: one.error }]));

describe("what a gateway published", () => {
  test.each([
    ["values", "values"],
    ["tags", "tags"],
    ["ECP", "ecp"],
    ["custom", "custom"],
  ] as const)("in its format %s is known by its looks, each tag with value or error", (name, format) => {
    const { params, messages } = recorded.find((one) => one.name === name) as Recorded;
    const [message] = messages.filter(({ topic }) => topic.endsWith("/p1"));

    const choice = format === "custom" ? { schema: params.schema ?? "" } : {};
    const decoded = read(message?.topic ?? "", bytesOf(message?.payload ?? ""), choice);

    expect(decoded.format).toBe(format);
    const { temp, i64, raw, name: text, badtag } = shown(decoded.readings);
    expect({ temp, i64, text }).toEqual({
      temp: format === "custom" ? 123.456 : 123.46,
      i64: 72623859790382856n,
      text: "HELLOWORLD",
    });
    expect(raw).toEqual(format === "ecp" ? "[222, 173, 190, 239]" : [222, 173, 190, 239]);
    // ECP leaves tags with an error out.
    expect(badtag).toEqual(format === "ecp" ? undefined : { error: 3000 });
    for (const { device, at, topic } of decoded.readings) {
      expect([device, topic]).toEqual(["plc3/p1", "site42/plc3/p1"]);
      expect(at).toBeGreaterThan(1_795_375_000_000);
    }
  });

  test("a custom message that lacks what follows its first nested object still gives its time and place", () => {
    const inner = { n: variable("node"), v: variable("tag_values") };
    const schema = JSON.stringify({ t: variable("timestamp"), in: inner, late: variable("group") });

    const decoded = read("a", bytesOf('{"t":5,"in":{"n":"plc","v":{"x":1}}}'), { format: "custom", schema });

    expect(decoded.readings).toEqual([{ topic: "a", device: "plc", tag: "x", value: 1, at: 5 }]);
  });

  test("as Protocol Buffers has its own time a tag where it gives one", () => {
    const tags = [
      { name: "level", value: { real: 2.5 }, t: 1_700_000_000_123 },
      { name: "count", value: { whole: "-9007199254740993" } },
      { name: "text", value: { text: "水位" } },
      { name: "on", value: { truth: false } },
      { name: "bad", error: 3002 },
    ];
    const bytes = encoded("Report", { node: "plc", group: "g", timestamp: 1_700_000_000_000, tags });

    const decoded = read("any/topic", bytes);

    expect(decoded.format).toBe("protobuf");
    expect(shown(decoded.readings)).toEqual({
      level: 2.5,
      count: -9007199254740993n,
      text: "水位",
      on: false,
      bad: { error: 3002 },
    });
    expect(decoded.readings.map(({ at }) => (at ?? 0) - 1_700_000_000_000)).toEqual([123, 0, 0, 0, 0]);
  });
});

describe("JSON of others", () => {
  const json = bytesOf(
    '{"ts":"2026-11-23T06:00:00.5+02:00","units":[{"p":1.5},{"p":2.5,"s":"ok"}],"raw":[1,2]}',
  );
  const at = Date.parse("2026-11-23T04:00:00.500Z");

  test("gives every value by its path, and the time that it names", () => {
    const decoded = read("x", json);

    expect(decoded.format).toBe("json");
    expect(shown(decoded.readings)).toEqual({
      ts: "2026-11-23T06:00:00.5+02:00",
      "units[0].p": 1.5,
      "units[1].p": 2.5,
      "units[1].s": "ok",
      raw: [1, 2],
    });
    expect(decoded.readings[0]?.at).toBe(at);
  });

  test.each([
    ["$.units[*].p", ["units[0].p", "units[1].p"]],
    ["units[1]", ["units[1].p", "units[1].s"]],
    ["$['units'][1]['s']", ["units[1].s"]],
    ["$.*", ["ts", "units[0].p", "units[1].p", "units[1].s", "raw"]],
    ["nothing.here", []],
  ])("by the path %s gives what lies there", (path, tags) => {
    expect(read("x", json, { paths: [path] }).readings.map(({ tag }) => tag)).toEqual(tags);
  });

  test.each(["$.a[", "a[x]", "a..", "['a"])("refuses the path %s", (path) => {
    expect(payloadDecoder({ paths: [path] })).toMatchObject({ problem: { code: "payload.pathInvalid" } });
  });
});

test("CBOR gives numbers to the last digit, and maps whose keys are numbers", () => {
  const bytes = encode(
    new Map<unknown, unknown>([
      ["t", 1_700_000_000],
      [1, { big: 12345678901234567n, half: 1.5 }],
      ["bytes", new Uint8Array([1, 2])],
    ]),
  );

  const decoded = read("x", bytes);

  expect(decoded.format).toBe("cbor");
  expect(shown(decoded.readings)).toEqual({
    t: 1_700_000_000,
    "1.big": 12345678901234567n,
    "1.half": 1.5,
    bytes: [1, 2],
  });
  expect(decoded.readings[0]?.at).toBe(1_700_000_000_000);
});

test("a format that was asked for is not guessed around", () => {
  const decoder = payloadDecoder({ format: "sparkplug" });

  const decoded = decoder.ok && decoder.value("a/b", bytesOf('{"a":1}'));

  expect(decoded).toMatchObject({
    ok: false,
    problem: { code: "payload.unreadable", format: "sparkplug", bytes: 7 },
  });
  expect(payloadDecoder({ schema: "{" })).toMatchObject({ problem: { code: "file.notJson" } });
});
