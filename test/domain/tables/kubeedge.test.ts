import { expect, test } from "vitest";
import { parseAllDocuments } from "yaml";
import { plainTag, pumpSite } from "../site/pumpSite.ts";
import { printed } from "./reading.ts";

interface Document {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string };
  readonly spec: { readonly properties: readonly Readonly<Record<string, never>>[] };
}

function documents(site: Parameters<typeof printed>[1]): readonly Document[] {
  const text = new TextDecoder().decode(printed("kubeedge", site).bytes);
  return parseAllDocuments(text).map((one) => one.toJS() as Document);
}

test("each unit becomes a model and a device that stand on their own", () => {
  const made = documents(pumpSite);
  const { leftOut } = printed("kubeedge", pumpSite);
  const held = pumpSite.tags.filter((tag) => !leftOut.includes(tag));
  const units = new Set(held.map((tag) => `${tag.line}/${tag.address.unit}`));

  expect(made.map(({ kind }) => kind)).toEqual([...units].flatMap(() => ["DeviceModel", "Device"]));
  expect(new Set(made.map(({ metadata }) => metadata.name)).size).toBe(made.length);
  for (const { apiVersion, metadata } of made) {
    expect(apiVersion).toBe("devices.kubeedge.io/v1beta1");
    expect(metadata.name).toMatch(/^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/);
  }
});

test("a visitor reads what the tag reads, its bytes swapped as the tag says", () => {
  const tags = (["BB", "LL", "BL", "LB"] as const).map((order, index) =>
    plainTag({
      name: `t${index}`,
      type: "float",
      address: { unit: 3, area: "holding", offset: 10 * index, order },
      scale: 0.1,
      unit: "V",
      access: ["read", "write"],
    }),
  );

  const [model, device] = documents({ ...pumpSite, tags });

  expect(model?.spec.properties[0]).toEqual({
    name: "t0",
    type: "FLOAT",
    accessMode: "ReadWrite",
    unit: "V",
  });
  expect(device?.spec.properties.map(({ visitors }) => visitors)).toEqual(
    [
      [true, true],
      [false, false],
      [false, true],
      [true, false],
    ].map(([isSwap, isRegisterSwap], index) => ({
      protocolName: "modbus",
      configData: {
        register: "HoldingRegister",
        offset: 10 * index,
        limit: 2,
        scale: 0.1,
        isSwap,
        isRegisterSwap,
        dataType: "float",
      },
    })),
  );
});

test("what the documents cannot say is told, and a bit of a register is left out", () => {
  const tags = [
    plainTag({ name: "state", type: "bit", address: { unit: 1, area: "holding", offset: 3, bit: 4 } }),
    plainTag({ name: "level", bias: 4, precision: 2 }),
  ];

  const made = printed("kubeedge", { ...pumpSite, tags });

  expect(made.leftOut.map(({ name }) => name)).toEqual(["state"]);
  expect(made.losses.map(({ field }) => field)).toEqual(expect.arrayContaining(["bias", "precision"]));
});
