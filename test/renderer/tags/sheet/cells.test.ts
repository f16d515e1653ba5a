import { describe, expect, test } from "vitest";
import { editSite } from "#domain/site/edit.ts";
import { type Tag, tagKey } from "#domain/tag/tag.ts";
import { type CellEdit, readCells } from "#renderer/steps/tags/sheet/cellEdits.ts";
import { pumpSite } from "../../../domain/site/pumpSite.ts";

const all = pumpSite.tags;
const tags = new Map(all.map((tag) => [tagKey(tag), tag]));
const voltage = all[0] as Tag;
const second = all[1] as Tag;
const key = tagKey(voltage);

/** the tags after the readable texts were applied as the workbench does */
function edited(edits: readonly CellEdit[]): readonly Tag[] {
  const next = editSite(pumpSite, { kind: "changeTags", changes: readCells(tags, edits).changes });
  if (!next.ok) throw new Error(next.problem.code);
  return next.value.tags;
}

describe("texts typed into cells", () => {
  test("what fits is taken, and nothing else of the tag changes", () => {
    const [first, ...others] = edited([
      { key, field: "unit", text: "kV" },
      { key, field: "scale", text: "0.001" },
      { key, field: "access", text: "rs" },
    ]);

    expect(first).toEqual({ ...voltage, unit: "kV", scale: 0.001, access: ["read", "subscribe"] });
    expect(others).toEqual(all.slice(1));
  });

  test("an address and a type that only fit each other are taken together", () => {
    const [first] = edited([
      { key, field: "address", text: "1!400010" },
      { key, field: "type", text: "UINT16" },
    ]);

    expect(first).toMatchObject({ type: "uint16", address: { offset: 9 } });
  });

  test("a wrong text is named with its problem while the others of the row are taken", () => {
    const edits = [
      { key, field: "scale", text: "ten" },
      { key, field: "unit", text: "kV" },
      { key, field: "type", text: "word32" },
    ] as const;

    const { wrong } = readCells(tags, edits);

    expect(wrong.map(({ field, problem }) => [field, problem.code])).toEqual(
      expect.arrayContaining([
        ["scale", "tag.numberInvalid"],
        ["type", "tag.typeUnknown"],
      ]),
    );
    expect(wrong).toHaveLength(2);
    expect(edited(edits)[0]).toEqual({ ...voltage, unit: "kV" });
  });

  test("a name that another tag has is refused, and two tags that trade names are not", () => {
    const other = tagKey(second);
    const twin = readCells(tags, [
      { key, field: "name", text: second.name },
      { key, field: "group", text: second.group },
    ]);
    const trade = readCells(tags, [
      { key, field: "name", text: second.name },
      { key: other, field: "name", text: voltage.name },
    ]);

    expect(twin.wrong.every(({ problem }) => problem.code === "tag.duplicate")).toBe(true);
    expect(twin.changes).toEqual([]);
    expect(trade.wrong).toEqual([]);
    expect(trade.keys.get(key)).toBe(other);
  });

  test("one text for many tags is one change", () => {
    const texts = all.map((tag) => ({ key: tagKey(tag), field: "description", text: "checked" }) as const);

    const { changes } = readCells(tags, texts);

    expect(changes).toEqual([{ keys: all.map(tagKey), to: { description: "checked" } }]);
  });
});
