import { describe, expect, test } from "vitest";
import type { NeuronConfig, NeuronTag } from "#domain/gateway/neuronConfig.ts";
import type { FindingId } from "#domain/lint/finding.ts";
import { lintNeuron } from "#domain/lint/lintNeuron.ts";
import { idsOf } from "./designed.ts";

function running(
  tags: readonly Partial<NeuronTag>[],
  more: { base?: number; plugin?: string } = {},
): NeuronConfig {
  const usual = {
    name: "a",
    type: 4,
    attribute: 1,
    precision: 0,
    decimal: 0,
    bias: 0,
    description: "",
    unit: "",
  };
  return {
    nodes: [{ plugin: more.plugin ?? "Modbus RTU", name: "line", support_import_tags: false, tags: "" }],
    groups: [{ driver: "line", group: "g", tag_count: tags.length, interval: 1000 }],
    tags: [
      { driver: "line", group: "g", tags: tags.map((tag) => ({ ...usual, address: "1!400001", ...tag })) },
    ],
    subscriptions: [],
    settings: [{ node: "line", params: { address_base: more.base ?? 1 } }],
  };
}

const traps: readonly (readonly [FindingId, Partial<NeuronTag>, Partial<NeuronTag>])[] = [
  ["tag.address.alias", { address: "1!400000" }, { address: "1!400001" }],
  ["tag.address.unit", { address: "300!400001" }, { address: "44!400001" }],
  ["tag.address.unit", { address: "0!400001" }, { address: "247!400001" }],
  ["tag.address.junk", { address: "1!400001xyz" }, { address: "1!400001#B" }],
  ["tag.address.junk", { address: "1!400001#XY", type: 9 }, { address: "1!400001#BL", type: 9 }],
  ["tag.address.junk", { address: "1!400001", type: 13 }, { address: "1!400001.8H", type: 13 }],
  ["tag.address.unfit", { address: "1!400001#WS", type: 9 }, { address: "1!400001#WS", type: 10 }],
  ["tag.type.misread", { type: 1 }, { type: 3 }],
  ["tag.type.misread", { type: 12 }, { type: 11, address: "1!000001" }],
  ["tag.type.misread", { type: 17 }, { type: 6 }],
  ["tag.access.unknown", { attribute: 8 }, { attribute: 7 }],
  ["tag.access.none", { attribute: 0 }, { attribute: 4 }],
  ["tag.access.readOnly", { address: "1!300001", attribute: 3 }, { address: "1!300001", attribute: 1 }],
  ["tag.precision.missing", { type: 9 }, { type: 9, precision: 2 }],
];

describe("the lint of what a gateway runs", () => {
  test.each(traps)("finds %s, and not beside it", (id, bad, good) => {
    expect(idsOf(lintNeuron(running([bad])))).toContain(id);
    expect(idsOf(lintNeuron(running([good])))).not.toContain(id);
  });

  test("says which unit is asked instead", () => {
    expect(lintNeuron(running([{ address: "300!400001" }]))[0]).toMatchObject({
      tag: "line/g/a",
      field: "address",
      facts: { unit: 300, becomes: 44, text: "300!400001" },
    });
  });

  test("lets a node count from 0 when it is set to", () => {
    expect(lintNeuron(running([{ address: "1!400000" }], { base: 0 }))).toEqual([]);
  });

  test("finds two registers that are one, and intervals that an older version refuses", () => {
    const both = running([{ name: "a" }, { name: "b", type: 9, precision: 1 }]);
    const quick = { ...both, groups: both.groups.map((group) => ({ ...group, interval: 50 })) };

    expect(idsOf(lintNeuron(both))).toEqual(["tag.address.twoTypes"]);
    expect(idsOf(lintNeuron(quick, { product: "Neuron", version: "2.12.0" }))).toContain(
      "group.interval.minimum",
    );
    expect(idsOf(lintNeuron(quick, { product: "Neuron", version: "2.15.1" }))).not.toContain(
      "group.interval.minimum",
    );
  });

  test("leaves nodes of other protocols alone", () => {
    expect(lintNeuron(running([{ address: "DB1.DBW0" }], { plugin: "Siemens S7" }))).toEqual([]);
  });
});
