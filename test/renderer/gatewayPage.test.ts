import { readFile } from "node:fs/promises";
import type { Page } from "@playwright/test";
import { describe, expect, test } from "vitest";
import { diff, taken } from "../support/page/gatewayAnswers.ts";
import { barriersOf, scenePages } from "../support/page/scenePages.ts";
import { tags } from "../support/page/trainingItems.ts";

const pages = scenePages();
const callsOf = (page: Page) =>
  page.evaluate(() => window.fixture.calls.map(({ name, input }) => ({ name, input })));
const inputsOf = async (page: Page, name: string) =>
  (await callsOf(page)).filter((call) => call.name === name).map((call) => call.input);

describe("the gateway step", () => {
  test("shows what runs there is failing, and why, while it is in sight", async () => {
    await using opened = await pages.open({ scene: "training", step: "gateway" });
    const { page } = opened;

    const rtu = page.getByRole("row", { name: /rtu/ }).first();
    await rtu.getByText("341").waitFor();
    await rtu.click();

    const side = page.getByRole("complementary");
    await side.getByText("184,220").waitFor();
    await side
      .getByText(/does not answer|did not answer/)
      .first()
      .waitFor();
    // Asked again as long as somebody looks, and no more once nobody does.
    await expect
      .poll(async () => (await inputsOf(page, "gateway.counts")).length, { timeout: 15_000 })
      .toBeGreaterThan(1);
    expect(opened.complaints).toEqual([]);
  });

  test("is quiet when the gateway is away", async () => {
    await using opened = await pages.open({ scene: "taken", step: "gateway" });

    await opened.page.getByRole("row", { name: /rtu/ }).first().waitFor();

    expect(await inputsOf(opened.page, "gateway.counts")).toEqual([]);
    expect(await opened.page.getByRole("alert").count()).toBe(0);
  });

  test("offers what runs there to a site without tags, shows it first, and can undo it", async () => {
    await using opened = await pages.open({ scene: "found", step: "gateway" });
    const { page } = opened;

    await page.getByRole("button", { name: "Show what would come" }).click();
    await page.getByText("stays on the gateway as it is").waitFor();
    expect(await inputsOf(page, "gateway.take")).toEqual([{ take: false }]);
    await page.getByRole("button", { name: `Take over ${taken.tags} tags` }).click();
    await expect.poll(() => inputsOf(page, "gateway.take")).toEqual([{ take: false }, { take: true }]);
    await page.evaluate((item) => window.fixture.set("tags", item), tags[0] as never);

    await page.getByText("Taken over: 2 lines, 40 tags.").waitFor();
    await page.getByRole("button", { name: "Undo", exact: true }).last().click();
    await expect.poll(async () => (await inputsOf(page, "site.undo")).length).toBe(1);
  });

  test("does not offer it where the site has tags of its own", async () => {
    await using opened = await pages.open({ scene: "training", step: "gateway" });

    await opened.page.getByRole("button", { name: "Compare" }).waitFor();

    expect(await opened.page.getByRole("button", { name: "Show what would come" }).count()).toBe(0);
  });

  test("compares site, bundle and gateway field by field, and gives it as a file", async () => {
    await using opened = await pages.open({ scene: "training", step: "gateway" });
    const { page } = opened;

    const file = { name: "one.lastmile", mimeType: "application/zip", buffer: Buffer.from("bundle") };
    await page.locator('input[type="file"]').setInputFiles(file);

    const table = page.getByRole("grid", { name: "Differences" });
    await table.getByText("In the bundle").waitFor();
    const address = table.getByRole("row").filter({ hasText: "Address" });
    expect(await address.innerText()).toMatch(/3!400002[\s\S]*3!400002[\s\S]*3!400001/);
    expect(await table.getByRole("row").filter({ hasText: "Access" }).innerText()).toContain("read + write");
    // The description is the same everywhere.
    expect(await table.getByText("Shaft speed").count()).toBe(0);
    const saving = page.waitForEvent("download");
    await page.getByRole("button", { name: "Save as CSV" }).click();
    const text = await readFile(await (await saving).path(), "utf8");
    expect(text.split("\r\n")[0]).toBe("\uFEFFWhat,Where,Field,In the site,In the bundle,On the gateway");
    expect(text.split("\r\n").filter((line) => line !== "")).toHaveLength(6);
    expect(await inputsOf(page, "gateway.diff")).toEqual([{ uploadId: expect.any(String) }]);
    expect(diff.rows).toHaveLength(4);
  });

  test.each(["en", "zh"] as const)("has no barrier in any of its states (%s)", async (language) => {
    await using opened = await pages.open({ scene: "found", step: "gateway", language, theme: "sunlight" });
    const { page } = opened;
    await page
      .getByRole("button", { name: language === "en" ? "Show what would come" : "查看将接管的内容" })
      .click();
    await page.getByRole("button", { name: language === "en" ? "Compare" : "比较", exact: true }).click();
    await page.getByRole("grid", { name: language === "en" ? "Differences" : "不同之处" }).waitFor();

    expect(await barriersOf(page)).toEqual([]);
  });
});

test("registers of a serial line that the gateway polls are read through it, unless our own wire is chosen", async () => {
  await using opened = await pages.open({ scene: "training", step: "line" });
  const { page } = opened;
  await page.getByRole("button", { name: /^Unit 17/ }).click();
  const place = { line: "line-1", unit: 17, area: "holding", offset: 0, count: 10 };

  await page.getByRole("button", { name: "Watch" }).click();

  await page.getByRole("table", { name: "Live registers" }).waitFor();
  expect((await inputsOf(page, "line.read"))[0]).toEqual({ ...place, through: "gateway" });
  await page.getByLabel("Through").selectOption({ label: "This laptop's own wire" });
  await expect.poll(async () => (await inputsOf(page, "line.read")).at(-1)).toEqual(place);
});

test("a tag of a line that the gateway polls is written through it, once it is confirmed", async () => {
  await using opened = await pages.open({ scene: "training", step: "tags" });
  const { page } = opened;
  const tag = {
    line: "line-1",
    group: "pump",
    name: "own/setpoint",
    address: { unit: 3, area: "holding", offset: 3 },
    type: "uint16",
    access: ["read", "write"],
    ...{ scale: 1, bias: 0, precision: 0, unit: "rpm", description: "" },
  };
  const item = { key: "line-1/pump/own/setpoint", index: 0, tag, printed: "3!400004" };
  await page.evaluate((given) => window.fixture.set("tags", given), item);
  await page
    .getByRole("row", { name: /setpoint/ })
    .first()
    .click();

  await page.getByLabel("New value, rpm").fill("1450");
  await page.getByRole("button", { name: "Write…" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByText("The gateway sends this to the device.").waitFor();
  await dialog.getByRole("button", { name: "Write 1450 rpm" }).click();

  await expect.poll(() => inputsOf(page, "job.writeThrough")).toEqual([{ tag: item.key, value: "1450" }]);
  expect(await inputsOf(page, "job.write")).toEqual([]);
});
