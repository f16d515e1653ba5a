import { expect, test } from "vitest";
import { tagsOfProfile } from "#domain/profile/tagsOfProfile.ts";
import { printAddress } from "#domain/tag/printAddress.ts";
import type { Tag } from "#domain/tag/tag.ts";
import { readTagTable } from "#test/domain/tables/reading.ts";
import { trainingTable } from "#test/support/trainingWorkbench.ts";
import { shippedProfiles } from "./shipped.ts";

const units = [
  ["lastmile-training-meter", "rtu", 1],
  ["lastmile-training-pump", "rtu", 3],
  ["lastmile-training-rectifier", "rtu", 17],
  ["lastmile-training-probe", "rtu", 42],
  ["lastmile-training-plc", "plc", 1],
] as const;

const what = ({ address, type, access, scale, bias, precision, unit }: Tag) => ({
  // most significant first is what the gateway takes when a tag names no order
  address: printAddress(address).replace("#LL", ""),
  type,
  access: access.filter((one) => one !== "subscribe"),
  scale,
  bias,
  precision,
  unit,
});

test.each(units)("%s gives the tags that the training table has for its unit", (id, line, unit) => {
  const lines = [
    { id: "rtu", name: "rtu" },
    { id: "plc", name: "plc" },
  ];
  const table = readTagTable(trainingTable, { lines, defaultLine: "rtu", existing: [] });
  const wanted = table.tags.filter((tag) => tag.line === line && tag.address.unit === unit);
  const profile = shippedProfiles().find((one) => one.id === id);
  if (!profile) throw new Error(id);

  const { tags } = tagsOfProfile(profile, unit, "g", line, { points: undefined, language: "en" });

  expect(wanted.length).toBeGreaterThan(2);
  expect(tags.map(what)).toEqual(expect.arrayContaining(wanted.map(what)));
});

test("a point whose factor stands in a register is left out until that was read", () => {
  const profile = shippedProfiles().find((one) => one.id === "sunspec-inverter-101-103");
  if (!profile) throw new Error("no SunSpec profile");
  const pick = { points: ["voltage_a", "a_sf", "current_z"], language: "en" } as const;

  const unread = tagsOfProfile(profile, 1, "g", "l", pick);
  expect(unread.tags.map((tag) => tag.name)).toEqual(["g/a_sf"]);
  expect(unread.problems).toEqual([
    { code: "profile.scaleUnknown", point: "voltage_a", from: "v_sf", at: { field: "voltage_a" } },
    { code: "profile.pointUnfit", profile: profile.id, point: "current_z", reason: "unknown" },
  ]);

  const { tags } = tagsOfProfile(profile, 1, "g", "l", { ...pick, exponents: { v_sf: -1 } });
  expect(tags.find((tag) => tag.name === "g/voltage_a")).toMatchObject({
    scale: 0.1,
    precision: 1,
    unit: "V",
  });
});
