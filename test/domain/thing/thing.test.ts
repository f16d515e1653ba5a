import fc from "fast-check";
import { expect, test } from "vitest";
import type { Group, Line, Site } from "#domain/site/site.ts";
import { type Tag, tagKey } from "#domain/tag/tag.ts";
import { describeThing } from "#domain/thing/description.ts";
import { printThing } from "#domain/thing/modelFile.ts";
import { readThingFile } from "#domain/thing/readThingFile.ts";
import { mapThing, type ThingModel, tagOfProperty, thingOfSite } from "#domain/thing/thingModel.ts";
import { pumpSite } from "../site/pumpSite.ts";
import { anyTag } from "../tag/anyTag.ts";

const settings = { baudRate: 9600, parity: "none", dataBits: 8, stopBits: 1 } as const;
const lines: readonly Line[] = [
  {
    kind: "serial",
    id: "a",
    name: "RS-485 1",
    units: [],
    timeoutMs: 500,
    port: "",
    gatewayPort: "/dev/ttyS0",
    settings,
  },
  { kind: "tcp", id: "b", name: "plc", units: [], timeoutMs: 500, host: "192.0.2.7", port: 502 },
];

function siteWith(tags: readonly Tag[]): Site {
  const groups = new Map<string, Group>();
  for (const { line, group } of tags) groups.set(`${line}/${group}`, { line, name: group, intervalMs: 2000 });
  return { ...pumpSite, lines, tags, groups: [...groups.values()] };
}

const anySite = fc.uniqueArray(anyTag, { maxLength: 12, selector: tagKey }).map(siteWith);

function reread(text: string): ThingModel {
  const read = readThingFile(text, lines, "a");
  if (!read.ok) throw new Error(JSON.stringify(read.problem));
  expect(read.value.problems).toEqual([]);
  return read.value.model;
}

test("a site survives its model's file: the same tags come back", () => {
  fc.assert(
    fc.property(anySite, (site) => {
      const model = reread(printThing(thingOfSite(site)));

      expect(model).toEqual(thingOfSite(site));
      expect(model.properties.map((one) => one.place && tagOfProperty(one, one.place))).toEqual(site.tags);
    }),
    { numRuns: 300 },
  );
});

test("a site survives a W3C Thing Description: nothing of a tag is lost", () => {
  fc.assert(
    fc.property(anySite, (site) => {
      const model = reread(describeThing(thingOfSite(site), site));

      expect(model.properties).toEqual(thingOfSite(site).properties);
    }),
    { numRuns: 300 },
  );
});

test("without our own terms a description still gives place, type and word order", () => {
  fc.assert(
    fc.property(anySite, (site) => {
      const told = describeThing(thingOfSite(site), site);
      const plain = JSON.stringify(JSON.parse(told), (key, value) =>
        key === "lm:order" || key === "lm:scale" || key === "lm:bias" || key === "lm:precision"
          ? undefined
          : value,
      );
      const places = reread(plain).properties.map((one) => one.place?.address);

      for (const [index, tag] of site.tags.entries()) {
        const { order, ...place } = tag.address;
        expect(places[index]).toMatchObject(place);
        if (order?.length === 2 && order[0] !== "W") expect(places[index]?.order).toBe(order);
      }
    }),
    { numRuns: 200 },
  );
});

test("a foreign description gives tags: 0-based, the unit from its address, CDAB from its flags", () => {
  const foreign = {
    "@context": ["https://www.w3.org/2022/wot/td/v1.1", { modv: "https://www.w3.org/2019/wot/modbus#" }],
    title: "Meter",
    properties: {
      voltage: {
        type: "number",
        unit: "V",
        readOnly: true,
        forms: [
          {
            href: "modbus+tcp://192.0.2.7:502/12",
            op: "readproperty",
            "modv:entity": "InputRegister",
            "modv:address": 1,
            "modv:quantity": 2,
            "modv:zeroBasedAddressing": false,
            "modv:type": "xsd:float",
            "modv:mostSignificantWord": false,
          },
        ],
      },
      run: {
        type: "boolean",
        forms: [{ href: "modbus+tcp://192.0.2.7:502/12", "modv:entity": "Coil", "modv:address": 4 }],
      },
      wanted: { type: "number", unit: "kW" },
      guess: {
        forms: [
          {
            href: "modbus+tcp://192.0.2.7:502/12",
            "modv:entity": "HoldingRegister",
            "modv:address": 4,
            "modv:quantity": 2,
          },
        ],
      },
      web: { forms: [{ href: "https://192.0.2.7/web" }] },
    },
  };
  const read = readThingFile(JSON.stringify(foreign), lines, "a");
  if (!read.ok) throw new Error("refused");
  const { model, problems } = read.value;

  expect(model.properties[0]).toMatchObject({
    name: "voltage",
    unit: "V",
    readable: true,
    writable: false,
    place: {
      line: "b",
      type: "float",
      access: ["read"],
      address: { unit: 12, area: "input", offset: 0, order: "BL" },
    },
  });
  expect(model.properties[1]?.place).toMatchObject({
    type: "bit",
    access: ["read", "write"],
    address: { area: "coil", offset: 4 },
  });
  expect(model.properties.slice(2).map((one) => one.place)).toEqual([undefined, undefined, undefined]);
  expect(problems).toEqual([
    { code: "thing.propertyUnfit", property: "guess", reason: "type" },
    { code: "thing.propertyUnfit", property: "web", reason: "noForm" },
  ]);
});

test("a model says which properties no tag stands for, and which tags nothing asks for", () => {
  const [first, second, ...others] = pumpSite.tags;
  if (!first || !second) throw new Error("the pump site has tags");
  const whole = thingOfSite(pumpSite);
  const renamed = { ...first, name: "renamed" };
  const wanted = { ...whole.properties[0], name: "efficiency", place: undefined };
  const model = { ...whole, properties: [...whole.properties, wanted] } as ThingModel;

  const map = mapThing(model, [renamed, ...others], pumpSite.lines);

  expect(map.mapped[0]).toEqual({ property: tagKey(first), tag: tagKey(renamed) });
  expect(map.unmapped).toEqual([tagKey(second), "efficiency"]);
  expect(mapThing({ ...model, properties: [] }, [renamed], pumpSite.lines).unused).toEqual([tagKey(renamed)]);
});

test.each([
  ["no JSON", "{"],
  ["a list", "[]"],
  ["a text", '"x"'],
  [
    "a model with an unknown field",
    '{"kind":"lastmile thing model","format":1,"id":"","title":"","properties":[],"x":1}',
  ],
  ["a description without a title", '{"properties":{}}'],
])("%s is refused with a reason", (_, text) => {
  const read = readThingFile(text, lines, "a");

  expect(read.ok ? [] : read.problem.map((problem) => problem.code)).toContain("thing.malformed");
});
