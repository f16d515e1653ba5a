import { expect, test } from "vitest";
import { barriersOf, cutLabels, scenePages } from "#test/support/page/scenePages.ts";

const pages = scenePages();
const languages = ["en", "zh"] as const;
const themes = ["light", "dark", "sunlight"] as const;

test.each(languages.flatMap((language) => themes.map((theme) => [language, theme] as const)))(
  "trust is without barriers and cut words in %s, %s",
  async (language, theme) => {
    await using opened = await pages.open({ scene: "training", step: "handover", language, theme });
    const { page } = opened;
    await page.getByRole("tab", { name: language === "en" ? "Trust" : "信任" }).click();
    await page.getByRole("heading", { name: language === "en" ? "Trust" : "信任" }).waitFor();
    await page.locator("summary").click();

    expect(await barriersOf(page)).toEqual([]);
    expect(await cutLabels(page)).toEqual([]);
    expect(opened.complaints).toEqual([]);
  },
);

test("tabs are moved by arrows, and the chosen one comes back with the step", async () => {
  await using opened = await pages.open({ scene: "training", step: "handover" });
  const { page } = opened;
  const tab = (name: string) => page.getByRole("tab", { name });
  await tab("Gateway and bundle").focus();
  await page.keyboard.press("ArrowRight");
  await page.getByRole("tabpanel", { name: "Acceptance" }).waitFor();
  expect(await tab("Acceptance").evaluate((element) => element === document.activeElement)).toBe(true);

  await page.getByRole("link", { name: /Verify/ }).click();
  await page.getByRole("link", { name: /Hand over/ }).click();

  await page.getByRole("tabpanel", { name: "Acceptance" }).waitFor();
});

test("a gateway is paired by what its applier printed, with whatever was copied around it", async () => {
  await using opened = await pages.open({ scene: "training", step: "handover" });
  const { page } = opened;
  await page.getByRole("tab", { name: "Trust" }).click();
  await page.getByRole("button", { name: "Pair with another gateway" }).click();
  const printed = page.getByLabel("What apply.sh pair printed on the gateway");
  await printed.fill("{ serial: 1 }");
  await page.getByRole("button", { name: "Pair", exact: true }).click();
  await page.getByText("That is not the line the applier prints.").waitFor();

  const identity = { serial: "GW-2", key: `${"A".repeat(43)}=` };
  await printed.fill(`$ sh apply.sh pair\n${JSON.stringify(identity)}\n$`);
  await page.getByRole("button", { name: "Pair", exact: true }).click();

  await expect
    .poll(() => page.evaluate(() => window.fixture.calls.filter(({ name }) => name === "gateway.pair")))
    .toEqual([{ name: "gateway.pair", input: identity }]);
});

test.each(languages)(
  "a table that does not fit is told row by row, without barriers, in %s",
  async (language) => {
    await using opened = await pages.open({ scene: "training", step: "handover", language });
    const { page } = opened;
    await page.getByRole("tab").last().click();
    await page.setInputFiles("input[type=file]", {
      name: "sites.csv",
      mimeType: "text/csv",
      buffer: Buffer.from("name\n"),
    });
    const problems = page.getByRole("list", {
      name: language === "en" ? "What is wrong in the table" : "表格中的问题",
    });
    await problems.waitFor();

    expect(await problems.getByRole("listitem").allInnerTexts()).toEqual([
      expect.stringMatching(/4/),
      expect.stringMatching(/17[\s\S]*Water\/North/),
    ]);
    expect(await page.getByRole("textbox").count()).toBe(0);
    expect(await barriersOf(page)).toEqual([]);
    expect(await cutLabels(page)).toEqual([]);
  },
);

test.each(languages)(
  "a receipt says what became of the bundle, without barriers, in %s",
  async (language) => {
    await using opened = await pages.open({ scene: "training", step: "handover", language });
    const { page } = opened;
    const section = page.getByRole("region", { name: language === "en" ? "Receipt" : "回执" });
    await section.locator("input[type=file]").setInputFiles({
      name: "b.receipt",
      mimeType: "application/json",
      buffer: Buffer.from("{}"),
    });

    await section.getByText(language === "en" ? "Bundle 3 was put back." : "交接包 3 已撤回。").waitFor();
    await section.getByText("GW-0017").waitFor();
    expect(await barriersOf(page)).toEqual([]);
    expect(await cutLabels(page)).toEqual([]);
  },
);
