import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { z } from "zod";
import { checklistSchema, itemsOf, parseChecklist } from "#domain/acceptance/checklist.ts";
import { checklistFiles, checklistFolder, shippedChecklist, smallChecklist } from "./lists.ts";

test("the schema beside the checklists is the one that the product reads them with", () => {
  const file = JSON.parse(readFileSync(join(checklistFolder, "checklist.schema.json"), "utf8"));

  expect(file).toEqual(z.toJSONSchema(checklistSchema, { target: "draft-2020-12" }));
});

test.each(checklistFiles)("%s reads in both languages, names its source and grades each item", (name) => {
  const checklist = shippedChecklist(name);
  const texts = [checklist.title, checklist.source, ...itemsOf([checklist]).map(({ says }) => says)];

  expect(checklist.id).toBe(name.replace(".json", ""));
  expect(itemsOf([checklist]).some(({ severity }) => severity === "major")).toBe(true);
  for (const { en, zh } of texts) {
    expect(en).not.toMatch(/\p{Script=Han}/u);
    expect(zh).toMatch(/\p{Script=Han}/u);
  }
});

test.each([
  ["no JSON", "{"],
  ["an unknown field", JSON.stringify({ ...smallChecklist, author: "x" })],
  ["one language", JSON.stringify({ ...smallChecklist, title: { en: "Small" } })],
  [
    "an item twice",
    JSON.stringify({
      ...smallChecklist,
      sections: [...smallChecklist.sections, ...smallChecklist.sections],
    }),
  ],
])("a checklist with %s is refused by name", (_, text) => {
  expect(parseChecklist("own.json", text)).toMatchObject({
    ok: false,
    problem: { code: "checklist.malformed", file: "own.json" },
  });
});
