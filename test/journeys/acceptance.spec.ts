import { readFile } from "node:fs/promises";
import { expect, type Page } from "@playwright/test";
import { test } from "./host.ts";
import { goTo, openTraining } from "./walking.ts";

const inOrder = /site comes back by itself|Breakers are of the rating/;

test("an acceptance test is gone through by keyboard, signed, and its report looked at and saved", async ({
  lastmile: page,
}) => {
  await openTraining(page);
  await goTo(page, "Hand over");
  await page.getByRole("tab", { name: "Acceptance" }).click();
  const panel = page.getByRole("region", { name: "Acceptance test" });
  await panel.getByRole("checkbox", { name: /Telecom site/ }).check();
  await panel.getByRole("button", { name: "Start the test" }).click();

  const lines = panel.getByRole("listitem").filter({ has: page.getByRole("group") });
  await expect(lines).toHaveCount(14);
  await lines.first().focus();
  await page.keyboard.press("o");
  await expect(lines.nth(0)).toHaveAccessibleName(/In order/);
  await expect(lines.nth(1)).toBeFocused();
  await page.keyboard.press("n");
  await page.keyboard.type("The door does not close");
  await page.keyboard.press("Enter");
  await expect(lines.nth(1)).toHaveAccessibleName(/Not in order/);
  await expect(panel.getByRole("region", { name: "Punch list" })).toContainText("1 open");

  await panel.getByLabel("Tester · Name").fill("Li Wei");
  await panel.getByRole("button", { name: "Sign as tester" }).click();
  await expect(panel.getByRole("button", { name: "Open the test again" })).toBeVisible();
  await expect(lines).toHaveCount(0);

  await page.getByRole("tab", { name: "Report" }).click();
  const report = page.getByRole("region", { name: "Report", exact: true });
  await report.getByLabel("Language of the report").selectOption("zh");
  await report.getByRole("button", { name: "Look at it" }).click();
  const preview = page.getByRole("region", { name: "Preview of the report" });
  await expect(preview.getByText("未通过验收").first()).toBeVisible();
  await expect(preview.getByText("The door does not close").first()).toBeVisible();
  await lookedAt(page);

  const downloading = page.waitForEvent("download");
  await report.getByRole("button", { name: "Save the data" }).click();
  const saved = JSON.parse(await readFile(await (await downloading).path(), "utf8"));
  expect(saved.report.acceptance.signatures).toMatchObject([{ role: "tester", name: "Li Wei" }]);
  expect(saved.signatures).toHaveLength(1);
  expect(JSON.stringify(saved.report.acceptance.checklists)).toMatch(inOrder);
});

/** Nothing of the report may reach out of its frame. */
async function lookedAt(page: Page): Promise<void> {
  const widths = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
  expect(widths[0]).toBeLessThanOrEqual(widths[1] ?? 0);
}
