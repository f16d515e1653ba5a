import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { goldenValue, wrongGoldens } from "#domain/profile/golden.ts";
import { readProfile } from "#domain/profile/readProfile.ts";
import { profileSchema } from "#domain/profile/schema.ts";
import { tagsOfProfile } from "#domain/profile/tagsOfProfile.ts";
import { profileFiles, profileFolder, profileText, shippedProfiles } from "./shipped.ts";

const schemaFile = JSON.parse(readFileSync(join(profileFolder, "profile.schema.json"), "utf8"));

test("the schema beside the profiles is the one that the product reads them with", () => {
  expect(schemaFile).toEqual(z.toJSONSchema(profileSchema, { target: "draft-2020-12" }));
});

describe("the schema file and the product accept and refuse the same", () => {
  const byFile = z.fromJSONSchema(schemaFile);
  const good = JSON.parse(profileText("lastmile-training-meter.json"));
  const point = good.points[0];
  const withPoint = (change: object) => ({
    ...good,
    points: [{ ...point, ...change }, ...good.points.slice(1)],
  });

  test.each([
    ["a profile that ships", good, true],
    ["another format", { ...good, format: 2 }, false],
    ["an unknown field", { ...good, author: "x" }, false],
    ["no points", { ...good, points: [] }, false],
    ["two golden reads", { ...good, golden: good.golden.slice(0, 2) }, false],
    ["a negative offset", withPoint({ offset: -1 }), false],
    ["an offset past the last register", withPoint({ offset: 65_536 }), false],
    ["an unknown type", withPoint({ type: "word" }), false],
    ["an order of another form", withPoint({ order: "ABCD" }), false],
    ["an id with blanks", withPoint({ id: "voltage l1" }), false],
    ["a point in one language", withPoint({ says: { en: "Voltage" } }), false],
    ["no access", withPoint({ access: [] }), false],
    ["a unit of 20 letters", withPoint({ unit: "x".repeat(20) }), false],
    [
      "a sentinel of five words",
      withPoint({ sentinels: [{ words: Array(5).fill("FFFF"), says: point.says }] }),
      false,
    ],
    [
      "words in small letters",
      { ...good, golden: good.golden.map((one: object) => ({ ...one, words: ["ffff"] })) },
      false,
    ],
    ["an identify rule of another kind", { ...good, identify: [{ by: "guess" }] }, false],
    [
      "a fingerprint with a free word",
      { ...good, identify: [{ by: "fingerprint", area: "input", offset: 1, words: ["0001", null] }] },
      true,
    ],
    ["more registers than Modbus reads", { ...good, limits: { ...good.limits, maxRegisters: 126 } }, false],
    ["no source", { ...good, sources: [] }, false],
    ["no statement of provenance", { ...good, provenance: undefined }, false],
    ["a list", [good], false],
  ])("%s", (_, candidate, accepted) => {
    expect(profileSchema.safeParse(candidate).success).toBe(accepted);
    expect(byFile.safeParse(JSON.parse(JSON.stringify(candidate))).success).toBe(accepted);
  });
});

describe.each(profileFiles)("%s", (file) => {
  const read = readProfile(profileText(file), file);

  test("reads without a problem", () => {
    expect(read.ok ? [] : read.problem).toEqual([]);
  });
  if (!read.ok) return;
  const profile = read.value;

  test("is named like its file, and names its sources and terms", () => {
    expect(`${profile.id}.json`).toBe(file);
    expect(profile.sources.length).toBeGreaterThan(0);
    expect(profile.provenance.licence).not.toBe("");
    if (!file.startsWith("lastmile-"))
      expect(profile.sources.some((source) => source.url !== undefined)).toBe(true);
  });

  test("every golden read decodes to its value", () => {
    expect(wrongGoldens(profile)).toEqual([]);
    expect(profile.golden.length).toBeGreaterThanOrEqual(3);
  });

  test("every golden read tells its word order: other orders give other values", () => {
    const tellsOrder = profile.golden.some((golden) => {
      const point = profile.points.find((one) => one.id === golden.point);
      return (
        point !== undefined &&
        goldenValue(point, golden) !== goldenValue(point, { ...golden, words: [...golden.words].reverse() })
      );
    });
    expect(tellsOrder || profile.points.every((point) => point.order === undefined)).toBe(true);
  });

  test("every point becomes a tag that the gateway takes, in both languages", () => {
    const exponents = Object.fromEntries(profile.points.map((point) => [point.id, -1]));
    for (const language of ["en", "zh"] as const) {
      const { tags, problems } = tagsOfProfile(profile, 1, "g", "l", {
        points: undefined,
        language,
        exponents,
      });
      expect(problems).toEqual([]);
      expect(tags).toHaveLength(profile.points.length);
    }
  });
});

test("twelve devices of seven kinds ship, the training units aside", () => {
  const devices = shippedProfiles().filter((profile) => profile.device.vendor !== "Lastmile");

  expect(devices.length).toBeGreaterThanOrEqual(12);
  expect(new Set(devices.map((profile) => profile.device.kind))).toEqual(
    new Set(["meter", "rectifier", "genset", "inverter", "charger", "ups", "hvac"]),
  );
});
