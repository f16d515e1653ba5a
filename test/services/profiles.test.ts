import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { parseSite, printSite } from "#domain/site/siteFile.ts";
import { tagKey } from "#domain/tag/tag.ts";
import { profileText } from "#test/domain/profile/shipped.ts";
import { thrown } from "#test/support/thrown.ts";
import { type TestWorkbench, testWorkbench } from "#test/support/trainingWorkbench.ts";
import { until } from "#test/support/until.ts";

let bench: TestWorkbench;
beforeAll(async () => {
  bench = await testWorkbench();
  await bench.call("site.training", {});
});
afterAll(() => bench.close());

const take = { line: "rtu", points: null, language: "en", exponents: {}, take: true } as const;

test("a unit that names itself gets its profile, and its tags read right at once", async () => {
  const seen = {
    vendor: "Lastmile",
    product: "Training Meter",
    revision: "3.3",
    serial: "",
    serverId: "",
    sunspecModels: [],
  };
  const [proposal] = await bench.call("profiles.propose", { seen });
  expect(proposal).toMatchObject({
    profile: "lastmile-training-meter",
    vendor: "Lastmile",
    certainty: "sure",
  });

  const made = await bench.call("tags.fromProfile", {
    ...take,
    profile: "lastmile-training-meter",
    unit: 1,
    group: "meter",
  });
  expect(made).toMatchObject({ taken: 13, problems: [] });
  await bench.call("live.start", {});
  const voltage = () => bench.tables.live.get("rtu/meter/meter/voltage_l1");
  await until(() => voltage()?.quality === "good", "the meter's voltage", 20_000);
  await bench.call("live.stop", {});

  expect(voltage()?.number).toBeGreaterThan(200);
  expect(voltage()?.number).toBeLessThan(260);
});

test("the unit remembers its profile, in the site's file and for the lint; undo takes tags and profile away", async () => {
  const unit = () =>
    bench
      .site()
      .lines.find((line) => line.id === "rtu")
      ?.units.find((one) => one.number === 1);
  expect(unit()).toMatchObject({ profile: "lastmile-training-meter" });
  expect(parseSite(printSite(bench.site()))).toMatchObject({
    ok: true,
    value: { lines: bench.site().lines },
  });
  const [first] = bench.site().tags;
  if (!first) throw new Error("no tag");

  const stray = { ...first, name: "stray", address: { unit: 1, area: "holding", offset: 9000 } as const };
  await bench.call("site.edit", { edit: { kind: "putTags", tags: [stray as never], groups: [] } });
  const { findings } = await bench.call("tags.lint", { of: "site" });
  expect(findings.filter(({ id }) => id === "tag.profile.outside").map(({ tag }) => tag)).toEqual([
    tagKey(stray),
  ]);
  await bench.call("site.undo", {});

  await bench.call("tags.fromProfile", {
    ...take,
    profile: "lastmile-training-meter",
    unit: 5,
    group: "five",
  });
  expect(bench.site().lines[0]?.units).toContainEqual({
    number: 5,
    name: "",
    identity: "",
    profile: "lastmile-training-meter",
  });
  await bench.call("site.undo", {});
  expect(bench.site().lines[0]?.units.some(({ number }) => number === 5)).toBe(false);
});

test("tags are shown before they are taken, and a tag that sits elsewhere is not written over", async () => {
  const before = bench.site().tags.length;
  const input = { ...take, profile: "lastmile-training-meter", group: "meter" };

  const shown = await bench.call("tags.fromProfile", { ...input, unit: 9, group: "other", take: false });
  const clashing = await bench.call("tags.fromProfile", { ...input, unit: 2 });

  expect(shown).toMatchObject({ taken: 0 });
  expect(shown.tags[0]).toMatchObject({ tag: { name: "other/voltage_l1" }, printed: "9!400001#BL" });
  expect(clashing.taken).toBe(0);
  expect(new Set(clashing.problems.map((one) => one.code))).toEqual(new Set(["tag.duplicate"]));
  expect(bench.site().tags).toHaveLength(before);
});

test.each([
  [{ profile: "nobody-knows", line: "rtu" }, "profile.unknown"],
  [{ profile: "lastmile-training-meter", line: "l9" }, "line.unknown"],
])("%j is refused: %s", async (input, code) => {
  const error = await thrown(bench.call("tags.fromProfile", { ...take, unit: 1, group: "g", ...input }));

  expect(error).toMatchObject({ code });
});

test("own profiles are listed beside those that ship; a bad one and a second of one id are told", async () => {
  const own = join(bench.folder, "device-profiles");
  await mkdir(own);
  const meter = profileText("lastmile-training-meter.json");
  await writeFile(join(own, "mine.json"), meter.replace('"lastmile-training-meter"', '"my-meter"'));
  await writeFile(join(own, "twin.json"), meter);
  await writeFile(join(own, "bad.json"), meter.replace('"value": 230.2', '"value": 23.02'));

  const { profiles, problems } = await bench.call("profiles.list", {});

  expect(profiles.filter((one) => !one.shipped).map((one) => one.id)).toEqual(["my-meter"]);
  expect(problems.map((one) => [one.code, one.facts.point ?? one.facts.file])).toEqual([
    ["profile.goldenWrong", "voltage_l1"],
    ["profile.duplicate", "twin.json"],
  ]);
});

test("a thing model says what is not mapped, and gives the tags that are missing", async () => {
  const { download } = await bench.call("thing.export", { format: "td" });
  const { base64 } = await bench.call("download.read", { id: download, offset: 0 });
  const text = Buffer.from(base64, "base64").toString("utf8");
  const hand = async (take: boolean) => {
    await bench.call("upload.append", { id: "thing", text });
    return bench.call("thing.import", { uploadId: "thing", line: "rtu", take });
  };
  const tags = bench.site().tags;
  const gone = tags[3];
  if (!gone) throw new Error("the site has tags");
  expect(await hand(false)).toMatchObject({ mapped: tags.length, unmapped: [], unused: [], problems: [] });

  await bench.edit({ kind: "removeTags", keys: [tagKey(gone)] });
  expect(await hand(false)).toMatchObject({ unmapped: [tagKey(gone)], mappable: 1, taken: 0 });
  expect(await hand(true)).toMatchObject({ taken: 1 });

  expect(bench.site().tags.find((tag) => tagKey(tag) === tagKey(gone))).toEqual(gone);
});
