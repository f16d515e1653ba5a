import { expect, type Page } from "@playwright/test";

/** One click on the start page. */
export async function openTraining(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Open the training site" }).first().click();
  await expect(page.getByRole("banner")).toContainText("Training pumping station");
}

/** The rail is how a technician moves. */
export async function goTo(page: Page, step: string): Promise<void> {
  await page.getByRole("navigation", { name: "Steps" }).getByText(step, { exact: true }).click();
  await expect(page.getByRole("heading", { level: 1, name: step })).toBeVisible();
}
