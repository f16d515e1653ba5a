import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { expect, type Page } from "@playwright/test";
import { test } from "./host.ts";
import { goTo, openTraining } from "./walking.ts";

const table = fileURLToPath(new URL("../../resources/training-site/tags.csv", import.meta.url));

test("a technician takes the training site from bare wires to a checked bundle", async ({
  lastmile,
  dataFolder,
}) => {
  const page = lastmile;
  const requests: string[] = [];
  const complaints: string[] = [];
  page.on("request", (request) => requests.push(request.url()));
  page.on("console", (message) => message.type() === "error" && complaints.push(message.text()));
  page.on("pageerror", (error) => complaints.push(error.message));

  await openTraining(page);
  const gateway = await signIn(page);
  await scanAllUnits(page);
  await importTable(page);
  await seeLiveValues(page);
  await apply(page);
  await checkUplink(page);
  await proveAllTags(page);
  const bundle = await exportBundle(page);
  await checkBundle(page, bundle);

  await expectGatewayRunsTheSite(gateway);
  await expectEvidence(dataFolder);
  const own = new URL(page.url());
  const foreign = requests.filter((url) => !/^(blob|data):/.test(url) && new URL(url).host !== own.host);
  expect(foreign).toEqual([]);
  expect(complaints).toEqual([]);
});

/** @returns the gateway's address, to look at what reached it */
async function signIn(page: Page): Promise<string> {
  await goTo(page, "Gateway");
  const url = await page.getByLabel("Address", { exact: true }).inputValue();
  await page.getByLabel("Password", { exact: true }).fill("0000");
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await expect(page.getByText("Factory password")).toBeVisible();
  return url;
}

async function scanAllUnits(page: Page): Promise<void> {
  await goTo(page, "Line");
  await page.getByRole("button", { name: "Scan", exact: true }).click();
  await expect(page.getByRole("progressbar")).toBeVisible();
  await expect(page.getByRole("button", { name: "Scan again" })).toBeVisible({ timeout: 90_000 });
  const units = page.getByRole("grid", { name: "Units of the line" }).getByRole("row");
  // The head row, and exactly the four units that are there.
  await expect(units).toHaveCount(5);
  const numbers = await units.getByRole("gridcell").first().allInnerTexts();
  expect(numbers).toHaveLength(1);
  for (const unit of ["1", "3", "17", "42"]) {
    await expect(units.filter({ has: page.getByText(unit, { exact: true }) })).toHaveCount(1);
  }
  await page.getByRole("button", { name: "Add 4 units to the site" }).click();
}

async function importTable(page: Page): Promise<void> {
  await goTo(page, "Tags");
  const choosing = page.waitForEvent("filechooser");
  await page
    .getByRole("button", { name: /Choose a CSV file|Import a table/ })
    .first()
    .click();
  await (await choosing).setFiles(table);
  await page.getByRole("button", { name: "Take 40 good rows" }).click();
  await expect(page.getByText("40 tags", { exact: true })).toBeVisible();
}

async function seeLiveValues(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Read live values" }).click();
  const voltage = page.getByRole("row").filter({ hasText: "voltage_l1" });
  await expect(voltage).toContainText("Good");
  await expect(voltage).toContainText(/2[23]\d\.\d/);
  await page.getByRole("button", { name: "Stop reading" }).click();
}

async function apply(page: Page): Promise<void> {
  await goTo(page, "Hand over");
  await page.getByRole("button", { name: "Apply to the gateway" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Apply now" }).click();
  await expect(page.getByText("Applied and healthy.")).toBeVisible({ timeout: 60_000 });
}

async function checkUplink(page: Page): Promise<void> {
  await goTo(page, "Uplink");
  await page.getByRole("button", { name: "Check the uplink" }).click();
  await expect(page.getByText("Values arrive in the cloud.")).toBeVisible({ timeout: 60_000 });
}

async function proveAllTags(page: Page): Promise<void> {
  await goTo(page, "Verify");
  await page.getByRole("button", { name: "Prove all tags" }).click();
  await expect(page.getByText("40 same")).toBeVisible({ timeout: 60_000 });
  await expect(page.getByRole("button", { name: "Prove all again" })).toBeEnabled();
}

async function exportBundle(page: Page): Promise<Buffer> {
  await goTo(page, "Hand over");
  const saving = page.waitForEvent("download");
  await page.getByRole("button", { name: "Export the bundle" }).click();
  return readFile(await (await saving).path());
}

async function checkBundle(page: Page, bundle: Buffer): Promise<void> {
  const choosing = page.waitForEvent("filechooser");
  await page.getByRole("button", { name: "Choose a bundle" }).click();
  await (await choosing).setFiles({
    name: "site.lastmile",
    mimeType: "application/octet-stream",
    buffer: bundle,
  });
  await expect(page.getByText("Whole and signed. Nothing was changed since it was made.")).toBeVisible();
}

/** Asks the gateway itself, past the product. */
async function expectGatewayRunsTheSite(url: string): Promise<void> {
  const login = await fetch(`${url}/api/v2/login`, {
    method: "POST",
    body: JSON.stringify({ name: "admin", pass: "0000" }),
  });
  const { token } = (await login.json()) as { token: string };
  const headers = { Authorization: `Bearer ${token}` };
  const config = await (await fetch(`${url}/api/v2/global/config`, { headers })).json();
  const { nodes, tags } = config as { nodes: { name: string }[]; tags: { tags: unknown[] }[] };
  expect(nodes.map((node) => node.name).sort()).toEqual(["plc", "rtu", "uplink"]);
  expect(tags.flatMap((group) => group.tags)).toHaveLength(40);
}

async function expectEvidence(dataFolder: string): Promise<void> {
  const text = await readFile(`${dataFolder}/training-pumping-station.evidence.jsonl`, "utf8");
  const kinds = text
    .trim()
    .split("\n")
    .map((line) => (JSON.parse(line) as { kind: string }).kind);
  for (const kind of ["scanned", "snapshot", "applied", "uplinkChecked", "verified", "bundled"]) {
    expect(kinds).toContain(`job.${kind}`);
  }
}
