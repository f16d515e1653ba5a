import { gzipSync } from "fflate";
import { describe, expect, test } from "vitest";
import { payloadDecoder } from "#domain/payload/payloadDecoder.ts";
import { encoded } from "./messages.ts";

function session() {
  const decoder = payloadDecoder();
  if (!decoder.ok) throw new Error("no choice can be wrong here");
  return (topic: string, message: object) => {
    const decoded = decoder.value(topic, encoded("Payload", message));
    if (!decoded.ok) throw new Error(decoded.problem.code);
    return decoded.value;
  };
}

const birth = {
  timestamp: 1000,
  seq: 0,
  metrics: [
    { name: "level", alias: 1, datatype: 10, double: 1.5 },
    { name: "frost", alias: 2, datatype: 2, int: 65_526 },
  ],
};

describe("an edge node's messages", () => {
  test("name by alias what the birth named, with the birth's types", () => {
    const read = session();
    read("spBv1.0/water/NBIRTH/north", birth);

    const data = read("spBv1.0/water/NDATA/north", {
      timestamp: 2000,
      seq: 1,
      metrics: [
        { alias: 1, double: 2.5, timestamp: 1900 },
        { alias: 2, int: 65_535 },
        { alias: 1, isNull: true },
      ],
    });

    expect(data).toEqual({
      format: "sparkplug",
      notes: [],
      readings: [
        { topic: "spBv1.0/water/NDATA/north", device: "water/north", tag: "level", value: 2.5, at: 1900 },
        { topic: "spBv1.0/water/NDATA/north", device: "water/north", tag: "frost", value: -1, at: 2000 },
        { topic: "spBv1.0/water/NDATA/north", device: "water/north", tag: "level", value: null, at: 2000 },
      ],
    });
  });

  test("a gap in the sequence is told once, and 255 is followed by 0", () => {
    const read = session();
    read("spBv1.0/water/NBIRTH/north", { ...birth, seq: 254 });
    const notes = [255, 0, 1, 4, 5].map(
      (seq) => read("spBv1.0/water/DDATA/north/pump", { seq, metrics: [] }).notes,
    );

    expect(notes.flat()).toEqual([
      { code: "sparkplug.seqGap", facts: { node: "water/north", expected: 2, seen: 4 } },
    ]);
  });

  test("a device has its own birth, and its values its own name", () => {
    const read = session();
    read("spBv1.0/water/NBIRTH/north", birth);
    read("spBv1.0/water/DBIRTH/north/pump", {
      seq: 1,
      metrics: [{ name: "flow", alias: 7, datatype: 9, float: 1 }],
    });

    const data = read("spBv1.0/water/DDATA/north/pump", { seq: 2, metrics: [{ alias: 7, float: 2.25 }] });

    expect(data.notes).toEqual([]);
    expect(data.readings).toMatchObject([{ device: "water/north/pump", tag: "flow", value: 2.25 }]);
  });

  test("data before a birth, an unknown alias and a death are said", () => {
    const read = session();

    const early = read("spBv1.0/water/NDATA/north", { seq: 3, metrics: [{ alias: 9, int: 4 }] });
    const dead = read("spBv1.0/water/NDEATH/north", { metrics: [{ name: "bdSeq", datatype: 8, long: 1 }] });

    expect(early.notes.map(({ code }) => code)).toEqual(["sparkplug.noBirth", "sparkplug.aliasUnknown"]);
    expect(early.readings).toMatchObject([{ tag: "#9", value: 4 }]);
    expect(dead.notes).toEqual([{ code: "sparkplug.dead", facts: { node: "water/north" } }]);
  });

  test("data sets, templates, 64 bits and what is packed come out value by value", () => {
    const read = session();
    const metrics = [
      { name: "total", datatype: 8, long: "18446744073709551615" },
      { name: "delta", datatype: 4, long: "18446744073709551615" },
      { name: "on", datatype: 11, boolean: true },
      {
        name: "day",
        datatype: 16,
        set: {
          columns: ["hour", "kWh"],
          types: [3, 10],
          rows: [
            { elements: [{ int: 1 }, { double: 0.5 }] },
            { elements: [{ int: 4_294_967_295 }, { double: 0.25 }] },
          ],
        },
      },
      { name: "motor", datatype: 19, template: { metrics: [{ name: "rpm", datatype: 3, int: 1450 }] } },
    ];
    const body = gzipSync(encoded("Payload", { timestamp: 5, seq: 0, metrics }));

    const { readings } = read("spBv1.0/water/NBIRTH/north", { uuid: "SPBV1.0_COMPRESSED", body });

    expect(readings.map(({ tag, value }) => [tag, value])).toEqual([
      ["total", 18446744073709551615n],
      ["delta", -1],
      ["on", true],
      ["day[0].hour", 1],
      ["day[0].kWh", 0.5],
      ["day[1].hour", -1],
      ["day[1].kWh", 0.25],
      ["motor/rpm", 1450],
    ]);
  });
});
