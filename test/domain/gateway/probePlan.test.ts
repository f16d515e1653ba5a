import { describe, expect, test } from "vitest";
import { probeNodeOf, probeTags, probeWords } from "#domain/gateway/probePlan.ts";
import { plcConfig } from "#test/adapters/gateway/plcConfig.ts";

const place = { unit: 1, area: "holding", offset: 6, count: 7 } as const;

describe("the tags of a probe", () => {
  test("are as wide as Neuron's test reads understand", () => {
    expect(probeTags(place, "test", 1).map(({ tag, count }) => [tag.type, tag.address, count])).toEqual([
      [8, "1!400007#LL", 4],
      [6, "1!400011", 2],
      [4, "1!400013", 1],
    ]);
  });

  test("are bytes in a group, 64 registers at a time", () => {
    const tags = probeTags({ ...place, count: 100 }, "group", 1);

    expect(tags.map(({ tag }) => tag.address)).toEqual(["1!400007.128", "1!400071.72"]);
  });

  test("count registers as their node does", () => {
    expect(probeTags({ ...place, count: 1 }, "test", 0)[0]?.tag.address).toBe("1!400006");
    expect(probeTags({ ...place, offset: 0, count: 1 }, "group", 0)[0]?.tag.address).toBe("1!400000.2");
  });

  test("are bits one by one in coils", () => {
    const tags = probeTags({ ...place, area: "coil", count: 2 }, "group", 1);

    expect(tags.map(({ tag }) => [tag.type, tag.address])).toEqual([
      [11, "1!000007"],
      [11, "1!000008"],
    ]);
  });
});

test("values give the words back, a negative 64-bit number and bytes too", () => {
  expect(probeWords(4, -2n)).toEqual([0xffff, 0xffff, 0xffff, 0xfffe]);
  expect(probeWords(4, 0x0102030405060708n)).toEqual([0x0102, 0x0304, 0x0506, 0x0708]);
  expect(probeWords(2, 0x12345678)).toEqual([0x1234, 0x5678]);
  expect(probeWords(1, 1)).toEqual([1]);
  expect(probeWords(2, [222, 173, 190, 239])).toEqual([0xdead, 0xbeef]);
  expect(probeWords(2, [1, 2])).toBeUndefined();
  expect(probeWords(1, "text")).toBeUndefined();
});

test("a node is found by its name, with what it calls its first register", () => {
  const config = plcConfig({ host: "h", port: 502 });

  expect(probeNodeOf(config, "plc")).toMatchObject({
    value: { plugin: "Modbus TCP", group: "all", base: 1 },
  });
  expect(probeNodeOf(config, "uplink")).toMatchObject({
    problem: { code: "gateway.nodeUnknown", nodes: "plc" },
  });
});
