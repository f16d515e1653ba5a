import { describe, expect, test } from "vitest";
import {
  barriersOf,
  cutLabels,
  type Look,
  type OpenedScene,
  scenePages,
} from "#test/support/page/scenePages.ts";

const pages = scenePages();

const looks: readonly Look[] = [
  { scene: "acceptance", step: "handover" },
  { scene: "acceptance", step: "handover", language: "zh", theme: "dark", size: [1024, 700] },
  { scene: "unplanned", step: "handover", theme: "sunlight" },
];

async function openTest(look: Look): Promise<OpenedScene> {
  const opened = await pages.open(look);
  await opened.page.getByRole("tab", { name: look.language === "zh" ? "验收" : "Acceptance" }).click();
  return opened;
}

test.each(looks)(
  "the acceptance test is without barriers and whole: $scene $language $theme",
  async (look) => {
    await using opened = await openTest(look);

    expect(await barriersOf(opened.page)).toEqual([]);
    expect(await cutLabels(opened.page)).toEqual([]);
    expect(opened.complaints).toEqual([]);
  },
);

describe("what a person does is what is recorded", () => {
  const acts = (calls: { name: string; input: unknown }[]) =>
    calls
      .filter(({ name }) => name === "acceptance.record")
      .map(({ input }) => (input as { act: object }).act);

  test("a letter judges the line, and the next line takes the focus", async () => {
    await using opened = await openTest({ scene: "acceptance", step: "handover" });
    const { page } = opened;
    const line = (name: RegExp) => page.getByRole("listitem", { name });

    await line(/power cut/).focus();
    await page.keyboard.press("a");
    await expect
      .poll(async () => acts(await page.evaluate(() => window.fixture.calls)))
      .toMatchObject([{ act: "check", item: "site/power/cut", result: "na", by: "M. Chen" }]);
    await expect.poll(() => line(/labelled/).evaluate((one) => one === document.activeElement)).toBe(true);

    await page.keyboard.press("n");
    await page.keyboard.type("on no breaker, not even one");
    await page.keyboard.press("Enter");
    await expect
      .poll(async () => acts(await page.evaluate(() => window.fixture.calls)))
      .toMatchObject([
        { result: "na" },
        { item: "site/power/labels", result: "nok", note: "on no breaker, not even one" },
      ]);
  });

  test("a point tested by hand goes on record with its instrument", async () => {
    await using opened = await openTest({ scene: "acceptance", step: "handover" });
    const { page } = opened;

    await page.getByRole("button", { name: "Test a point" }).last().click();
    const form = page.getByRole("form", { name: "Test a point" });
    await form.getByLabel("What moved the value").selectOption("reference");
    await form.getByLabel("Instrument and number").fill("Fluke 754 #88121");
    await form.getByLabel("Calibrated on").fill("2026-03-01");
    await form.getByLabel("Shown").fill("229.8 V");
    await form.getByRole("button", { name: "Save" }).click();

    await expect
      .poll(async () => acts(await page.evaluate(() => window.fixture.calls)))
      .toMatchObject([
        {
          act: "point",
          tag: "rtu/feeder1/voltage_l1",
          test: {
            result: "pass",
            stimulus: { kind: "reference", instrument: "Fluke 754 #88121", calibratedOn: "2026-03-01" },
            shown: "229.8 V",
            alarms: [],
            write: null,
          },
        },
      ]);
  });
});
