import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { type FindingId, findingSeverities } from "#domain/lint/finding.ts";
import { fixOf } from "#domain/lint/fix.ts";
import { lintDesign } from "#domain/lint/lintDesign.ts";
import type { ProfileFacts } from "#domain/lint/profileFacts.ts";
import { pointAddress } from "#domain/profile/profile.ts";
import { readProfile } from "#domain/profile/readProfile.ts";
import { editSite } from "#domain/site/edit.ts";
import type { Site } from "#domain/site/site.ts";
import { type Tag, tagKey } from "#domain/tag/tag.ts";
import { resourceFolder } from "#hosts/cli/folders.ts";
import { designed, findingsOf, goodTag, idsOf } from "./designed.ts";

const at = (offset: number, more: object = {}) =>
  ({ unit: 1, area: "holding", offset, ...more }) as Tag["address"];
const other = (more: Partial<Tag>) => goodTag({ name: "other", ...more });

/** For each rule a tag list that breaks it, and one like it that does not. */
const rules: readonly (readonly [FindingId, readonly Tag[], readonly Tag[]])[] = [
  [
    "tag.address.unfit",
    [goodTag({ address: at(0, { order: "WS" }) })],
    [goodTag({ address: at(0, { order: "BL" }) })],
  ],
  ["tag.address.unfit", [goodTag({ address: at(65_535) })], [goodTag({ address: at(65_534) })]],
  [
    "tag.address.twoTypes",
    [goodTag(), other({ type: "uint16", precision: 0 })],
    [goodTag(), other({ address: at(2) })],
  ],
  ["tag.address.twoTypes", [goodTag(), other({ address: at(0, { order: "BL" }) })], [goodTag(), other({})]],
  ["tag.address.overlap", [goodTag(), other({ address: at(1) })], [goodTag(), other({ address: at(2) })]],
  [
    "tag.address.overlap",
    [
      goodTag({ type: "uint16" }),
      other({ address: at(0, { length: 20 }), type: "string" }),
      other({ name: "third", address: at(9) }),
    ],
    [goodTag({ type: "uint16" }), other({ address: at(0, { bit: 3 }), type: "bit", precision: 0 })],
  ],
  [
    "tag.access.readOnly",
    [goodTag({ address: { ...at(0), area: "input" }, access: ["read", "write"] })],
    [goodTag({ access: ["read", "write"] })],
  ],
  [
    "tag.access.readOnly",
    [goodTag({ type: "bit", precision: 0, address: at(0, { bit: 2 }), access: ["write"] })],
    [
      goodTag({
        type: "bit",
        precision: 0,
        address: { unit: 1, area: "coil", offset: 0 },
        access: ["write"],
      }),
    ],
  ],
  ["tag.access.none", [goodTag({ access: [] })], [goodTag({ access: ["subscribe"] })]],
  [
    "tag.string.odd",
    [goodTag({ type: "string", precision: 0, address: at(0, { length: 7 }) })],
    [goodTag({ type: "string", precision: 0, address: at(0, { length: 8 }) })],
  ],
  [
    "tag.value.past53",
    [goodTag({ type: "uint64", precision: 0 })],
    [goodTag({ type: "uint32", precision: 0 })],
  ],
  [
    "tag.precision.missing",
    [goodTag({ precision: 0 })],
    [goodTag({ type: "int32", precision: 0, scale: 10 })],
  ],
  [
    "tag.precision.missing",
    [goodTag({ type: "int16", scale: 0.1, precision: 0 })],
    [goodTag({ type: "int16", scale: 0.1, precision: 1 })],
  ],
  ["tag.scale.noUnit", [goodTag({ scale: 0.1, unit: "" })], [goodTag({ unit: "" })]],
  ["tag.bias.write", [goodTag({ bias: -40, access: ["read", "write"] })], [goodTag({ bias: -40 })]],
  ["tag.number.invalid", [goodTag({ scale: 0 })], [goodTag({ scale: 2 })]],
  ["tag.number.invalid", [goodTag({ precision: 18 })], [goodTag({ precision: 17 })]],
  ["tag.name.duplicate", [goodTag(), goodTag({ address: at(2) })], [goodTag(), other({ address: at(2) })]],
  ["tag.name.missing", [goodTag({ name: " " })], [goodTag()]],
  ["tag.name.long", [goodTag({ name: "电".repeat(43) })], [goodTag({ name: "电".repeat(42) })]],
  [
    "tag.description.long",
    [goodTag({ description: "x".repeat(256) })],
    [goodTag({ description: "x".repeat(255) })],
  ],
  ["tag.unit.long", [goodTag({ unit: "kilowatt-hours/d" })], [goodTag({ unit: "kilowatt-hours/" })]],
  ["group.name.long", [goodTag({ group: "g".repeat(128) })], [goodTag({ group: "g".repeat(127) })]],
  [
    "read.block.twice",
    [goodTag(), other({ group: "h" })],
    [goodTag(), other({ group: "h", access: ["write"] })],
  ],
];

const profile: ProfileFacts = {
  points: [
    { area: "holding", offset: 0, type: "float", access: ["read"] },
    { area: "holding", offset: 2, type: "int16", access: ["read"], sentinels: [{ words: ["8000"] }] },
    { area: "holding", offset: 3, type: "uint16", access: ["write"] },
    { area: "holding", offset: 8, type: "uint16", access: ["read"] },
  ],
  limits: { maxRegisters: 60, gaps: "allowed", forbidden: [{ area: "holding", from: 5, to: 6 }] },
};
const small = { type: "uint16", precision: 0 } as const;
const profileRules: readonly (readonly [FindingId, readonly Tag[], readonly Tag[]])[] = [
  ["tag.profile.outside", [goodTag({ address: at(20) })], [goodTag()]],
  ["tag.profile.outside", [goodTag({ address: at(8) })], [goodTag({ address: at(8), ...small })]],
  [
    "tag.access.writeOnly",
    [goodTag({ address: at(3), ...small })],
    [goodTag({ address: at(3), ...small, access: ["write"] })],
  ],
  [
    "tag.sentinel.undeclared",
    [goodTag({ address: at(2), ...small })],
    [goodTag({ address: at(8), ...small })],
  ],
  [
    "read.gap.forbidden",
    [goodTag(), other({ address: at(8), ...small })],
    [goodTag(), other({ address: at(2), ...small })],
  ],
];

describe("the lint", () => {
  test.each(rules)("%s is found where it is, and not where it is not", (id, bad, good) => {
    expect(idsOf(findingsOf(bad))).toContain(id);
    expect(idsOf(findingsOf(good))).not.toContain(id);
  });

  test.each(profileRules)("%s is found by the device's profile", (id, bad, good) => {
    const profiles = new Map([["l/1", profile]]);

    expect(idsOf(findingsOf(bad, { profiles }))).toContain(id);
    expect(idsOf(findingsOf(good, { profiles }))).not.toContain(id);
    expect(idsOf(findingsOf(bad, { profiles: new Map([["l/2", profile]]) }))).not.toContain(id);
  });

  test("takes a device's profile as it is: its own points are within it, and a place beyond is not", () => {
    const file = join(resourceFolder, "device-profiles", "abb-a43.json");
    const read = readProfile(readFileSync(file, "utf8"), "profile");
    if (!read.ok) throw new Error(read.problem[0]?.code);
    const profiles = new Map([["l/1", read.value]]);
    const own = read.value.points.map((point) =>
      goodTag({
        ...small,
        name: point.id,
        type: point.type,
        address: pointAddress(point, 1),
        access: point.access,
      }),
    );
    const outside = (tags: readonly Tag[]) =>
      findingsOf(tags, { profiles }).filter(({ id }) => id === "tag.profile.outside").length;

    expect(outside(own)).toBe(0);
    expect(outside([goodTag({ address: at(65_000) })])).toBe(1);
  });

  test("has nothing to say of a good tag, and names the tag and the member of a bad one", () => {
    expect(findingsOf([goodTag()])).toEqual([]);
    expect(findingsOf([goodTag({ precision: 0 })])).toEqual([
      { id: "tag.precision.missing", tag: "l/g/voltage", field: "precision", facts: { name: "voltage" } },
    ]);
  });
});

describe("the lint of groups", () => {
  const many = Array.from({ length: 300 }, (_, index) =>
    goodTag({ name: `t${index}`, address: at(index * 4), group: index < 290 ? "slow" : "fast" }),
  );
  const site = (slowMs: number, fastMs: number): Site =>
    designed(many, [
      { line: "l", name: "slow", intervalMs: slowMs },
      { line: "l", name: "fast", intervalMs: fastMs },
    ]);
  const groupsOf = (found: Site) =>
    lintDesign(found).flatMap(({ id, group }) => (id.startsWith("group.") ? [`${group} ${id}`] : []));

  test("finds a group that its line has no time for, and one that must wait for a long one", () => {
    expect(groupsOf(site(1000, 600_000))).toEqual(["slow group.interval.infeasible"]);
    expect(groupsOf(site(600_000, 2000))).toEqual(["fast group.interval.late"]);
    expect(groupsOf(site(600_000, 600_000))).toEqual([]);
  });

  test("finds an interval under the version's minimum", () => {
    const least = (intervalMs: number, version?: string) =>
      lintDesign(designed([goodTag()], [{ line: "l", name: "g", intervalMs }]), {
        ...(version && { gateway: { product: "Neuron", version } }),
        budget: [],
      });

    expect(idsOf(least(99))).toEqual(["group.interval.minimum"]);
    expect(idsOf(least(99, "2.12.4"))).toEqual(["group.interval.minimum"]);
    expect(idsOf(least(30, "2.15.1"))).toEqual([]);
    expect(idsOf(least(29, "2.13.0"))).toEqual(["group.interval.minimum"]);
  });

  test("finds a tag whose group nobody made", () => {
    expect(idsOf(lintDesign(designed([goodTag()], [])))).toEqual(["group.unknown"]);
  });

  test("finds more groups than the gateway takes", () => {
    const groups = (count: number) =>
      Array.from({ length: count }, (_, index) => ({ line: "l", name: `g${index}`, intervalMs: 1000 }));
    const ids = (count: number) => idsOf(lintDesign(designed([goodTag({ group: "g0" })], groups(count))));

    expect(ids(513)).toEqual(["line.groups.limit"]);
    expect(ids(512)).toEqual([]);
  });
});

describe("a fix with one click", () => {
  const fixable = Object.keys(findingSeverities).filter((id) =>
    [
      "tag.precision.missing",
      "tag.access.none",
      "tag.access.readOnly",
      "tag.bias.write",
      "tag.string.odd",
    ].includes(id),
  );

  test.each(fixable)("puts %s right and leaves nothing of it", (id) => {
    for (const [rule, bad] of rules)
      if (rule === id) expect(afterFix(designed(bad), rule)).not.toContain(rule);
  });

  test("gives a group that is too fast an interval that its line has time for", () => {
    const tags = Array.from({ length: 200 }, (_, index) =>
      goodTag({ name: `t${index}`, address: at(index * 4), group: index % 2 ? "a" : "b" }),
    );

    expect(afterFix(designed(tags), "group.interval.infeasible")).not.toContain("group.interval.infeasible");
  });

  test("makes a group that nobody made", () => {
    expect(afterFix(designed([goodTag()], []), "group.unknown")).toEqual([]);
  });
});

/** The findings that are left when each of this rule was fixed. */
function afterFix(site: Site, id: FindingId): readonly FindingId[] {
  let fixed = site;
  for (const finding of lintDesign(site).filter((one) => one.id === id)) {
    const edit = fixOf(
      finding,
      fixed.tags.find((tag) => tagKey(tag) === finding.tag),
    );
    if (!edit) throw new Error(`no fix for ${id}`);
    const next = editSite(fixed, edit);
    if (!next.ok) throw new Error(next.problem.code);
    fixed = next.value;
  }
  expect(fixed).not.toBe(site);
  return idsOf(lintDesign(fixed));
}

test("100,000 tags are linted in well under a second", () => {
  const tags = Array.from({ length: 100_000 }, (_, index) =>
    goodTag({
      name: `tag ${index}`,
      group: `g${index % 40}`,
      address: { unit: 1 + Math.floor(index / 15_000), area: "holding", offset: (index % 15_000) * 4 },
    }),
  );
  const site = designed(tags);
  lintDesign(designed(tags.slice(0, 5000)));

  const startedMs = performance.now();
  lintDesign(site, { budget: [] });

  expect(performance.now() - startedMs).toBeLessThan(1000);
});
