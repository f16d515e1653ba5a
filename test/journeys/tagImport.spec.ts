import { fileURLToPath } from "node:url";
import { expect } from "@playwright/test";
import { test } from "./host.ts";
import { goTo, openTraining } from "./walking.ts";

const sheet = fileURLToPath(new URL("../vectors/tables/rectifier-chinese.csv", import.meta.url));

test("a Chinese sheet in GB18030 is taken with a corrected column, found by address and mended", async ({
  lastmile: page,
}) => {
  await openTraining(page);
  await goTo(page, "Tags");
  const choosing = page.waitForEvent("filechooser");
  await page.getByRole("button", { name: "Import a table" }).first().click();
  await (await choosing).setFiles(sheet);

  await expect(page.getByText("CSV · 4 rows · GB18030 (Chinese)")).toBeVisible();
  await page.getByRole("textbox", { name: "Which unit are these tags of?" }).fill("17");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("button", { name: "Take 4 good rows" })).toBeVisible();
  await page.getByText("How the file is read").click();
  await page.getByRole("combobox", { name: "Column 备注 is" }).selectOption("not read");
  await expect(page.getByRole("gridcell", { name: "直流母线" })).toHaveCount(0);
  await page.getByRole("button", { name: "Take 4 good rows" }).click();

  await expect(page.getByRole("gridcell").filter({ hasText: "输出电压" })).toBeVisible();
  await page.getByRole("searchbox").fill("40102");
  await expect(page.getByRole("status").filter({ hasText: "1 of 4 tags" })).toBeVisible();
  await expect(page.getByRole("gridcell").filter({ hasText: "输出电流" })).toBeVisible();

  await page.getByRole("gridcell").filter({ hasText: "输出电流" }).click();
  await page.getByRole("textbox", { name: "Description" }).fill("Strom");
  await page.getByRole("button", { name: "Export", exact: true }).click();
  await page.getByRole("button", { name: "Neuron sheet" }).click();
  await expect(page.getByText("Neuron sheet cannot carry everything:")).toBeVisible();
  const saving = page.waitForEvent("download");
  await page.getByRole("button", { name: "Save 4 tags" }).click();
  expect((await saving).suggestedFilename()).toMatch(/\.xlsx$/);
});
