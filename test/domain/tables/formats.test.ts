import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { exportFormats } from "#domain/tables/formats.ts";
import type { ImportChoice } from "#domain/tables/readTagFile.ts";
import { printAddress } from "#domain/tag/printAddress.ts";
import { type Tag, tagKey } from "#domain/tag/tag.ts";
import { anyTag } from "../tag/anyTag.ts";
import { printed, readFileOfTags } from "./reading.ts";

const lines = [
  { id: "a", name: "Line 'a'" },
  { id: "b", name: "a" },
];
const context = { lines, defaultLine: "a", existing: [] };

const withManual = fc
  .tuple(anyTag, fc.option(fc.constantFrom("40001", "%MW10", "10h"), { nil: undefined }))
  .map(([tag, manual]): Tag => (manual === undefined ? tag : { ...tag, manual }));
const anyTags = fc.uniqueArray(withManual, { selector: tagKey, minLength: 1, maxLength: 6 });

/** A tag's fields as they can be compared one by one. */
function fieldsOf(tag: Tag): Record<string, unknown> {
  const { address, access, manual, ...rest } = tag;
  const { unit: unitNumber, order, stringOrder, ...place } = address;
  // The default order and the one that says so are the same, and so is H of a text.
  const swapped = order === "L" || order === "LL" ? undefined : order === "BB" ? "B" : order;
  return {
    ...rest,
    ...place,
    unitNumber,
    manual: manual ?? "",
    order: `${swapped ?? ""}${stringOrder === "L" ? "L" : ""}`,
    access: [...access].sort().join(" "),
  };
}

// KubeEdge's documents are written alone: kubeedge.test.ts.
const readBack = exportFormats.filter((format) => format !== "kubeedge");

describe.each(readBack)("tags exported as %s", (format) => {
  test("come back with every field that the format says it carries", async () => {
    await fc.assert(
      fc.asyncProperty(anyTags, fc.boolean(), async (all, oneLine) => {
        const tags = oneLine ? all.filter((tag) => tag.line === "a") : all;
        const groups = [...new Set(tags.map((tag) => `${tag.line}/${tag.group}`))].map((key) => ({
          line: key.slice(0, 1),
          name: key.slice(2),
          intervalMs: 1000,
        }));
        const made = printed(format, { tags, groups, lines });
        const kept = tags.filter((tag) => !made.leftOut.includes(tag));
        const file = made.extension === "xlsx" ? made.bytes : new TextDecoder().decode(made.bytes);
        const choice: ImportChoice = kept[0] ? { unitNumber: kept[0].address.unit } : {};

        const defaultLine = kept[0]?.line ?? "a";
        const { table, format: recognised } = await readFileOfTags(file, { ...context, defaultLine }, choice);

        if (kept.length === 0) return;
        expect(table.problems).toEqual([]);
        expect(format.startsWith(recognised) || format === "neuron-xlsx").toBe(true);
        expect(table.tags).toHaveLength(kept.length);
        for (const [at, tag] of kept.entries()) {
          const same = table.tags.find((one) => tagKey(one) === tagKey(tag)) ?? (table.tags[at] as Tag);
          const [before, after] = [fieldsOf(tag), fieldsOf(same)];
          for (const field of Object.keys(before)) {
            const loss = made.losses.find((one) => one.field === field);
            if (loss === undefined && field === "manual" && after.manual !== before.manual) {
              // A format that prints addresses in its own notation keeps that one.
              expect(format === "kepware" || format === "edgex").toBe(true);
              continue;
            }
            if (loss === undefined) expect([field, after[field]]).toEqual([field, before[field]]);
          }
          const { unit: _, order: __, stringOrder: ___, ...place } = tag.address;
          expect(same.address, printAddress(tag.address)).toMatchObject(place);
        }
      }),
      { numRuns: 200 },
    );
  });
});

describe("an export", () => {
  const tag: Tag = {
    line: "a",
    group: "g",
    name: "flow",
    address: { unit: 3, area: "holding", offset: 9, order: "BL" },
    type: "float",
    access: ["read", "write"],
    scale: 0.1,
    bias: 5,
    precision: 2,
    unit: "m³/h",
    description: "Flow at the outlet",
    manual: "40010",
  };
  const groups = [{ line: "a", name: "g", intervalMs: 500 }];

  test("says what its format cannot carry, and of how many tags", async () => {
    const losses = (format: (typeof exportFormats)[number]) =>
      Object.fromEntries(
        printed(format, { tags: [tag], groups, lines }).losses.map((one) => [one.field, one.tags]),
      );

    expect(losses("csv")).toEqual({});
    expect(losses("xlsx")).toEqual({});
    expect(losses("neuron")).toEqual({ manual: 1 });
    expect(losses("neuron-xlsx")).toEqual({ manual: 1, bias: 1, unit: 1, interval: 1 });
    expect(losses("kepware")).toEqual({ precision: 1, manual: 1, scale: 1 });
    expect(losses("edgex")).toEqual({ precision: 1, group: 1, manual: 1, interval: 1 });
  });

  test("leaves out and names a tag that its format cannot hold", async () => {
    const bytes: Tag = {
      ...tag,
      name: "raw",
      type: "bytes",
      address: { unit: 3, area: "holding", offset: 0, length: 4 },
      scale: 1,
      bias: 0,
      precision: 0,
    };

    for (const format of ["kepware", "edgex"] as const) {
      expect(printed(format, { tags: [tag, bytes], groups, lines }).leftOut).toEqual([bytes]);
    }
  });

  test("of the same tags is the same bytes", async () => {
    for (const format of exportFormats) {
      const [one, other] = [1, 2].map(() => printed(format, { tags: [tag], groups, lines }).bytes);
      expect(one).toEqual(other);
    }
  });
});
