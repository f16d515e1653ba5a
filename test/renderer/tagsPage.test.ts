import type { Page } from "@playwright/test";
import { expect, test } from "vitest";
import { callNamed } from "../support/page/callNamed.ts";
import { barriersOf, cutLabels, type Look, scenePages } from "../support/page/scenePages.ts";
import { ambiguous } from "../support/page/tagAnswers.ts";

type Language = "en" | "zh";

const pages = scenePages();

/** The Tags step of the training site, smallest unless told. */
async function open(
  language: Language = "en",
  theme: Look["theme"] = "light",
  size: Look["size"] = [1024, 700],
) {
  const opened = await pages.open({ scene: "training", step: "tags", language, theme, size });
  opened.page.setDefaultTimeout(10_000);
  await opened.page.getByRole("grid").waitFor();
  return opened;
}

/** Barriers that axe knows, labels that are cut, and scrolling sideways. */
async function faultsOf(page: Page): Promise<string[]> {
  const wide = await page.evaluate(
    () => document.documentElement.scrollWidth > document.documentElement.clientWidth,
  );
  return [
    ...(await barriersOf(page)),
    ...(await cutLabels(page)).map((label) => `cut: ${label}`),
    ...(wide ? ["scrolls sideways"] : []),
  ];
}

async function importSheet(page: Page): Promise<void> {
  const file = { name: "points.csv", mimeType: "text/csv", buffer: Buffer.from("a;b\n1;2\n") };
  await page.locator("input[type=file]").first().setInputFiles(file);
}

const names = {
  en: {
    findings: "Findings 4",
    bus: "Bus time",
    export: "Export",
    edgex: /EdgeX/,
    ask: "Only you can say this",
  },
  zh: { findings: "检查结果 4", bus: "总线时间", export: "导出", edgex: /EdgeX/, ask: "请补充以下信息" },
} as const;

test.each([
  ["en", "light", 1366],
  ["zh", "dark", 1024],
  ["en", "sunlight", 1024],
] as const)(
  "findings, bus time, export, import and resolver have no barrier and no cut label in %s, %s, %i wide",
  async (language, theme, width) => {
    await using opened = await open(language, theme, [width, width === 1366 ? 768 : 700]);
    const { page } = opened;
    const words = names[language];

    await page.getByRole("button", { name: words.findings }).click();
    await page.getByRole("button", { name: words.bus, exact: true }).click();
    await page.getByText("38400").first().waitFor({ state: "attached" });
    expect(await faultsOf(page)).toEqual([]);

    await page.getByRole("button", { name: words.export, exact: true }).click();
    await page.getByRole("button", { name: words.edgex }).click();
    await page.getByRole("status").filter({ hasText: words.edgex }).waitFor();
    expect(await faultsOf(page)).toEqual([]);
    await page.keyboard.press("Escape");

    await importSheet(page);
    await page.getByRole("heading", { name: words.ask }).waitFor();
    await page.locator("summary").first().click();
    expect(await faultsOf(page)).toEqual([]);
    expect(opened.complaints).toEqual([]);
  },
  30_000,
);

test("the rail counts errors, and a finding leads to its cell wherever it is hidden", async () => {
  await using opened = await open();
  const { page } = opened;

  await page.getByRole("link", { name: /Tags.*1 needs attention/ }).waitFor();
  await page.getByRole("searchbox").fill("pump");
  await page.getByRole("button", { name: "Findings 4" }).click();
  await page.getByRole("button", { name: /^energy is uint64/ }).click();

  await page.getByRole("columnheader", { name: "Type" }).waitFor();
  const cursor = page.locator("[role=gridcell][aria-selected=true]");
  await cursor.waitFor();
  expect(await cursor.getAttribute("title")).toContain("energy is uint64");
  expect(await page.getByRole("searchbox").inputValue()).toBe("");
  expect(opened.complaints).toEqual([]);
});

test("all findings of a kind are fixed by one edit", async () => {
  await using opened = await open();
  const { page } = opened;

  await page.getByRole("button", { name: "Findings 4" }).click();
  await page.getByRole("button", { name: "Fix all 2" }).click();
  await page.getByText("2 findings fixed.").waitFor();

  const { input } = await callNamed(page, "site.edit");
  expect(input).toMatchObject({
    edit: { kind: "changeTags", changes: [{ to: { precision: 3 } }, { to: { precision: 3 } }] },
  });
});

test("a group that is too fast gets the interval that its line has time for", async () => {
  await using opened = await open();
  const { page } = opened;

  await page.getByRole("button", { name: "Bus time", exact: true }).click();
  const strip = page.getByRole("region", { name: "Bus time" });
  await strip.getByText("128 % of the line").waitFor();
  await strip.getByText("Over", { exact: true }).waitFor();
  await strip.getByRole("button", { name: "Set to 1.3 s: group pump" }).click();

  expect((await callNamed(page, "site.edit")).input).toMatchObject({
    edit: { kind: "setInterval", group: "pump", intervalMs: 1300 },
  });
});

test("what the file leaves open is asked once, and a column is corrected", async () => {
  await using opened = await open();
  const { page } = opened;

  await importSheet(page);
  await page.getByRole("textbox", { name: "Which unit are these tags of?" }).fill("17");
  await page.keyboard.press("Enter");
  expect((await callNamed(page, "tags.preview")).input).toMatchObject({ choice: {} });
  await page.getByText("How the file is read").click();
  await page.getByRole("combobox", { name: "Column Bemerkung zum Messpunkt is" }).selectOption("Description");

  await expect
    .poll(async () => (await callNamed(page, "tags.preview")).input)
    .toMatchObject({
      choice: { unitNumber: 17, columns: { description: "Bemerkung zum Messpunkt" } },
    });
  expect(await page.getByRole("grid", { name: "Rows with a problem" }).getByRole("row").count()).toBe(2);
  await page.getByRole("gridcell", { name: "寄存器地址" }).waitFor();
});

test("where two ways fit, the words are read again; one click takes a way over", async () => {
  await using opened = await open();
  const { page } = opened;

  await page.getByRole("gridcell").filter({ hasText: "voltage" }).click();
  await page.getByText("What do the words mean?").click();
  const form = page.getByRole("form", { name: "What do the words mean?" });
  await form.getByRole("textbox", { name: "Display shows" }).fill("229,0");
  await page.keyboard.press("Enter");
  expect((await callNamed(page, "job.resolve")).input).toMatchObject({ expect: "229.0", after: null });
  await page.evaluate((job) => window.fixture.set("jobs", job), ambiguous);
  await page.getByText("2 ways fit. Read again when the value has changed.").waitFor();
  expect(await faultsOf(page)).toEqual([]);

  expect(await form.getByRole("textbox", { name: "Display shows" }).inputValue()).toBe("");
  await form.getByRole("button", { name: "Read again" }).click();
  await expect
    .poll(async () => (await callNamed(page, "job.resolve")).input)
    .toMatchObject({ expect: "", after: "resolve-1" });

  await page.getByRole("button", { name: "Take over 1!400002#LL as float" }).click();
  expect((await callNamed(page, "site.edit")).input).toMatchObject({
    edit: {
      kind: "changeTags",
      changes: [{ to: { address: { offset: 1, order: "LL" }, type: "float", scale: 1, bias: 0 } }],
    },
  });
});
