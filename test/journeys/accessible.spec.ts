import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { expect, type Page } from "@playwright/test";
import { test } from "./host.ts";
import { openTraining } from "./walking.ts";

const axeSource = createRequire(import.meta.url).resolve("axe-core/axe.min.js");
const table = fileURLToPath(new URL("../../resources/training-site/tags.csv", import.meta.url));

interface Finding {
  readonly id: string;
  readonly impact: string;
  readonly nodes: readonly { readonly html: string }[];
}

/** What axe calls serious or worse on the page as it stands. */
async function seriousFindings(page: Page): Promise<readonly string[]> {
  const found = await page.evaluate(async () => {
    const { axe } = globalThis as unknown as { axe: { run(): Promise<{ violations: Finding[] }> } };
    return (await axe.run()).violations;
  });
  return found
    .filter((one) => one.impact === "serious" || one.impact === "critical")
    .map((one) => `${one.id}: ${one.nodes[0]?.html ?? ""}`);
}

/** Words that do not fit where they stand, by what is cut off; a table's cells may be cut, they have a tooltip. */
async function cutWords(page: Page): Promise<readonly string[]> {
  return page.evaluate(() =>
    [...document.querySelectorAll<HTMLElement>("button, label, h1, h2, th, [role=columnheader], nav a")]
      .filter(
        (one) => one.offsetParent !== null && one.scrollWidth > one.clientWidth + 1 && one.clientWidth > 1,
      )
      .map((one) => (one.textContent ?? "").trim()),
  );
}

test("every step can be used by everybody, in both languages and all themes", async ({ lastmile: page }) => {
  await openTraining(page);
  const choosing = page.waitForEvent("filechooser");
  await page.getByRole("navigation", { name: "Steps" }).getByText("Tags", { exact: true }).click();
  await page
    .getByRole("button", { name: /Choose a CSV file|Import a table/ })
    .first()
    .click();
  await (await choosing).setFiles(table);
  await page.getByRole("button", { name: "Take 40 good rows" }).click();
  await page.evaluate(await readFile(axeSource, "utf8"));

  // While a notice fades, its contrast is that of a moment nobody reads.
  await expect(page.getByText("40 tags imported.")).toBeHidden();

  const found: string[] = [];
  for (const language of ["EN", "中"]) {
    await page.getByRole("button", { name: language, exact: true }).click();
    for (const theme of ["light", "dark", "sunlight"]) {
      await page.evaluate((name) => document.documentElement.setAttribute("data-theme", name), theme);
      const steps = page.locator("nav").last().getByRole("link");
      for (let index = 0; index < (await steps.count()); index++) {
        await steps.nth(index).click();
        await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
        const name = `${language} ${theme} ${await page.getByRole("heading", { level: 1 }).textContent()}`;
        found.push(...(await seriousFindings(page)).map((finding) => `${name}: ${finding}`));
        found.push(...(await cutWords(page)).map((words) => `${name}: cut “${words}”`));
      }
    }
  }

  expect(found).toEqual([]);
});
