import { readFile } from "node:fs/promises";
import { expect, type Page } from "@playwright/test";
import { test } from "./hosts.ts";

const table = new URL("../../resources/training-site/tags.csv", import.meta.url).pathname;

/** The rail is how a technician moves. */
async function goTo(page: Page, step: string): Promise<void> {
  await page
    .getByRole("navigation", { name: "Steps" })
    .getByRole("button", { name: new RegExp(`^\\d? ?${step}`) })
    .click();
  await expect(page.getByRole("heading", { level: 1, name: step })).toBeVisible();
}

test("a technician takes the training site from bare wires to a checked bundle", async ({ product }) => {
  const { page, dataFolder, requests, complaints } = product;

  await page.getByRole("button", { name: "Open the training site" }).first().click();
  await expect(page.getByText("Training pumping station").first()).toBeVisible();

  await goTo(page, "Gateway");
  await page.getByLabel("Password", { exact: true }).fill("0000");
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await expect(page.getByText("Factory password")).toBeVisible();
  await expect(page.getByText("2.15.1").first()).toBeVisible();

  await goTo(page, "Line");
  await page.getByRole("button", { name: "Scan", exact: true }).click();
  await expect(page.getByRole("button", { name: "Stop scan" })).toBeVisible();
  await expect(page.getByRole("button", { name: "Scan again" })).toBeVisible({ timeout: 90_000 });
  const units = page
    .getByRole("table", { name: "Units of the line" })
    .or(page.getByRole("grid", { name: "Units of the line" }));
  for (const unit of ["1", "3", "17", "42"]) {
    await expect(units.getByRole("row").filter({ has: page.getByText(unit, { exact: true }) })).toHaveCount(
      1,
    );
  }
  await expect(units.getByRole("row")).toHaveCount(5);

  await goTo(page, "Tags");
  const choosing = page.waitForEvent("filechooser");
  await page
    .getByRole("button", { name: /Import a table|Choose a CSV file/ })
    .first()
    .click();
  await (await choosing).setFiles(table);
  await page.getByRole("button", { name: "Take 40 good rows" }).click();
  await expect(page.getByText("40 tags").first()).toBeVisible();
  await page.getByRole("button", { name: "Read live values" }).click();
  await expect(page.getByText("Good").first()).toBeVisible();
  await page.getByRole("button", { name: "Stop reading" }).click();

  await goTo(page, "Hand over");
  await page.getByRole("button", { name: "Apply to the gateway" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Apply now" }).click();
  await expect(page.getByText("Applied and healthy.")).toBeVisible({ timeout: 60_000 });

  await goTo(page, "Uplink");
  await page.getByRole("button", { name: "Check the uplink" }).click();
  await expect(page.getByRole("button", { name: "Check again" })).toBeVisible({ timeout: 60_000 });

  await goTo(page, "Verify");
  await page.getByRole("button", { name: "Prove all tags" }).click();
  await expect(page.getByText("40 same").first()).toBeVisible({ timeout: 60_000 });

  await goTo(page, "Hand over");
  const saving = page.waitForEvent("download");
  await page.getByRole("button", { name: "Export the bundle" }).click();
  const bundle = await (await saving).path();
  const checking = page.waitForEvent("filechooser");
  await page.getByRole("button", { name: "Choose a bundle" }).click();
  await (await checking).setFiles({
    name: "site.lastmile",
    mimeType: "application/octet-stream",
    buffer: await readFile(bundle),
  });
  await expect(page.getByText("The bundle is whole and signed.")).toBeVisible();

  // What the screen says is what the gateway runs and the evidence holds.
  const evidence = await readFile(`${dataFolder}/training-pumping-station.evidence.jsonl`, "utf8");
  const kinds = evidence
    .trim()
    .split("\n")
    .map((line) => (JSON.parse(line) as { kind: string }).kind);
  for (const kind of [
    "job.scanned",
    "job.snapshot",
    "job.applied",
    "job.uplinkChecked",
    "job.verified",
    "job.bundled",
  ]) {
    expect(kinds).toContain(kind);
  }
  const own = new URL(page.url()).host;
  expect(
    requests.filter(
      (url) => !url.startsWith("blob:") && !url.startsWith("data:") && new URL(url).host !== own,
    ),
  ).toEqual([]);
  expect(complaints).toEqual([]);
});
