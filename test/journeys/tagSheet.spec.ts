import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, type Page } from "@playwright/test";
import { test } from "./host.ts";
import { goTo, openTraining } from "./walking.ts";

const table = fileURLToPath(new URL("../../resources/training-site/tags.csv", import.meta.url));

test("tags are edited as in a spreadsheet: typed, filled down, pasted, and undone", async ({
  lastmile: page,
  dataFolder,
}) => {
  await openTraining(page);
  await goTo(page, "Tags");
  const choosing = page.waitForEvent("filechooser");
  await page.getByRole("button", { name: "Import a table" }).first().click();
  await (await choosing).setFiles(table);
  await page.getByRole("button", { name: "Take 40 good rows" }).click();
  await page.getByLabel("Columns").selectOption("All fields");

  await cell(page, "feeder1/voltage_l1").click();
  await page.keyboard.type("u_l1");
  await page.keyboard.press("Enter");
  await page.keyboard.press("ArrowUp");
  await page.keyboard.press("Shift+ArrowDown");
  await page.keyboard.press("Shift+ArrowDown");
  await page.keyboard.press("Control+Shift+D");
  await expect(cell(page, "u_l3")).toBeVisible();

  await page.keyboard.press("Home");
  for (let step = 0; step < 2; step += 1) await page.keyboard.press("ArrowRight");
  await page.keyboard.type("1!4xx");
  await page.keyboard.press("Enter");
  await expect(page.getByText("1 cell not taken, kept as typed:")).toBeVisible();
  await expect(page.getByRole("gridcell", { name: "1!4xx" })).toHaveAttribute("aria-invalid", "true");
  await page.getByRole("button", { name: "Discard" }).click();

  await cell(page, "Phase 1 to neutral").click();
  await page.keyboard.press("Control+C");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Shift+ArrowDown");
  await page.keyboard.press("Control+V");
  await expect(cell(page, "Phase 1 to neutral")).toHaveCount(3);

  const path = join(dataFolder, "training-pumping-station.site.json");
  await expect.poll(async () => namesIn(path)).toContain("u_l3");
  await page.keyboard.press("Control+z");
  await expect(cell(page, "Phase 1 to neutral")).toHaveCount(1);
  await page.keyboard.press("Control+z");
  await expect(cell(page, "feeder1/voltage_l3")).toBeVisible();
  await page.keyboard.press("Control+z");
  await expect(cell(page, "feeder1/voltage_l1")).toBeVisible();
});

function cell(page: Page, name: string) {
  return page.getByRole("gridcell", { name, exact: true });
}

async function namesIn(path: string): Promise<readonly string[]> {
  const site = JSON.parse(await readFile(path, "utf8"));
  return site.tags.map((tag: { name: string }) => tag.name);
}
