import { readFile } from "node:fs/promises";
import type { Page } from "@playwright/test";
import { expect, test } from "vitest";
import type { CertificateView } from "#contract/lineViews.ts";
import type { JobView } from "#contract/views.ts";
import { phrase } from "#domain/phrase.ts";
import { certificateOf, certified } from "../support/page/certificates.ts";
import { barriersOf, type Look, scenePages } from "../support/page/scenePages.ts";
import { scanDone } from "../support/page/trainingItems.ts";

const found = { baudRate: 9600, parity: "none", dataBits: 8, stopBits: 1 } as const;
const tried = { frames: 0, strayBytes: 0, unit: null, tried: true, certain: false } as const;
const detected: JobView = {
  ...scanDone,
  key: "detect-1",
  startedAt: scanDone.startedAt + 60_000,
  detail: {
    kind: "detect",
    line: "line-1",
    passive: true,
    best: found,
    candidates: [
      { ...tried, settings: { ...found, baudRate: 19200, parity: "even" }, strayBytes: 38 },
      { ...tried, settings: found, frames: 12, certain: true },
      { ...tried, settings: { ...found, baudRate: 1200 }, tried: false },
    ],
  },
};

const certificate: CertificateView = certificateOf(
  17,
  { share: 0.0004 },
  {
    badShare: 10 / 480,
    byLength: [1, 10, 60, 125].map((registers, at) => ({
      ...{ registers, asked: 100, good: 100 - at, badCrc: at, silent: 0 },
    })),
  },
);

function quality(state: JobView["state"], made: CertificateView | null): JobView {
  const running = {
    done: 170,
    doing: phrase("doing.readingLength", { unit: 17, registers: 10 }),
    leftMs: 17_000,
  };
  return {
    ...scanDone,
    ...(state === "running" && { ...running, total: 480, endedAt: null }),
    key: "quality-1",
    startedAt: scanDone.startedAt + 60_000,
    state,
    detail: { kind: "quality", line: "line-1", unit: 17, next: [], certificate: made },
  };
}

const network: JobView = {
  ...scanDone,
  key: "network-1",
  detail: {
    ...{ kind: "network", range: "192.168.1.0/24", port: 502, hosts: 254, asked: 254 },
    found: [
      { host: "192.168.1.50", port: 502, unit: 1, identity: "Acme EM-3", latencyMs: 3, speaksModbus: true },
      { host: "192.168.1.60", port: 502, unit: null, identity: "", latencyMs: null, speaksModbus: false },
    ],
  },
};

const pages = scenePages();

async function openLine(look: Partial<Look> = {}) {
  const opened = await pages.open({ scene: "training", step: "line", ...look });
  await opened.page.getByRole("heading", { name: "Line", level: 1 }).waitFor();
  return opened;
}

const show = (page: Page, job: JobView) =>
  page.evaluate((item) => window.fixture.set("jobs", item), job as { key: string });
const keep = (page: Page, made: CertificateView) =>
  page.evaluate(
    (item) => window.fixture.set("certificates", item),
    certified("line-1", made) as { key: string },
  );
/** The newest call that a person made; what the rail tells of the tags the page asks for by itself. */
const lastCall = (page: Page) =>
  page.evaluate(() => window.fixture.calls.findLast(({ name }) => name !== "tags.lint"));

test("settings are detected, shown with their evidence and put into the line", async () => {
  await using opened = await openLine();
  const { page } = opened;

  await page.getByRole("button", { name: "Detect settings" }).click();
  await expect.poll(() => lastCall(page)).toEqual({ name: "job.detect", input: { line: "line-1" } });
  await show(page, detected);
  await page.getByText("nothing was sent").waitFor();
  const rows = page.getByRole("grid", { name: "Detected settings" }).getByRole("row");
  expect(await rows.allTextContents()).toEqual([
    "SettingsWhat was seenHow sure",
    "9600 8N112 frames heardCertain",
    "19200 8E138 bytes, no frame",
  ]);
  await page.getByRole("button", { name: "Use 9600 8N1" }).click();

  await expect
    .poll(() => lastCall(page))
    .toMatchObject({
      name: "site.edit",
      input: { edit: { kind: "putLine", line: { id: "line-1", name: "rtu", settings: found } } },
    });
});

test.each(["light", "dark", "sunlight"] as const)(
  "neither a detection, a certificate nor a search has a barrier that axe knows in the %s theme",
  async (theme) => {
    await using opened = await openLine({ theme });
    const { page } = opened;

    await show(page, detected);
    await page.getByRole("button", { name: "Use 9600 8N1" }).waitFor();
    expect(await barriersOf(page)).toEqual([]);
    await keep(page, certificate);
    expect(await barriersOf(page)).toEqual([]);
    await page.getByRole("button", { name: /^Unit 17/ }).click();
    await page.getByText("Errors grow with length").waitFor();
    expect(await barriersOf(page)).toEqual([]);
    await show(page, network);
    await page.getByRole("button", { name: "Add a line" }).click();
    await page.getByLabel("Kind").selectOption("tcp");
    await page.getByText("no Modbus answer").waitFor();
    expect(await barriersOf(page)).toEqual([]);
  },
  20_000,
);

test("a scan that was stopped goes on where it was, and the units go to the clipboard", async () => {
  await using opened = await openLine();
  const { page } = opened;
  const { detail } = scanDone;
  if (detail.kind !== "scan") throw new Error("a scan");
  const suspects = [{ number: 60, reason: "garbled" as const }];
  const stopped = { ...detail, asked: 171, suspects };
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);

  await show(page, { ...scanDone, state: "cancelled", detail: stopped });
  await page.getByRole("button", { name: /^Unit 60/ }).click();
  await page.getByText("no frame is whole").waitFor();
  await page.getByRole("button", { name: "Copy table" }).click();
  await page.getByText("5 units copied").waitFor();
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  await page.getByRole("button", { name: "Go on from 172" }).click();

  expect(copied.split("\n")[1]).toBe("1\tEnergy meter\tLastmile EM-3 1.4\tEM-0042\t12\tData");
  await expect
    .poll(() => lastCall(page))
    .toMatchObject({ name: "job.scan", input: { line: "line-1", continues: scanDone.key } });
});

test("a device is found on the network and put into a new line", async () => {
  await using opened = await openLine();
  const { page } = opened;

  await page.getByRole("button", { name: "Add a line" }).click();
  await page.getByLabel("Kind").selectOption("tcp");
  const range = page.getByLabel("Find on the network: addresses to ask");
  await expect.poll(() => range.inputValue()).toBe("192.168.1.0/24");
  await range.press("Enter");
  await expect
    .poll(() => lastCall(page))
    .toEqual({ name: "job.network", input: { range: "192.168.1.0/24", port: 502, perSecond: 50 } });
  await show(page, network);
  await page.getByText("no Modbus answer").waitFor();
  await page.getByRole("button", { name: "Use 192.168.1.50" }).click();

  expect(await page.getByLabel("Host").inputValue()).toBe("192.168.1.50");
});

test("a TCP line has no settings to detect", async () => {
  await using opened = await openLine();
  const { page } = opened;

  await page.getByRole("button", { name: /^plc,/ }).click();

  await page.getByText("127.0.0.1:15020").first().waitFor();
  expect(await page.getByRole("button", { name: "Detect settings" }).count()).toBe(0);
});

test.each([
  ["beside the map", [1366, 768]],
  ["in the inspector where there is no room", [1024, 700]],
] as const)("a unit is certified and its certificate stands %s", async (_, size) => {
  await using opened = await openLine({ size });
  const { page } = opened;

  await page.getByRole("button", { name: /^Unit 17/ }).click();
  await page.getByRole("button", { name: "Certify this unit" }).click();
  await expect
    .poll(() => lastCall(page))
    .toEqual({ name: "job.quality", input: { line: "line-1", units: [17], soakMinutes: 0 } });
  await show(page, quality("running", { ...certificate, asked: 170 }));
  await page.getByRole("progressbar", { name: "Measurement of the unit" }).waitFor();
  await page.getByText("170 reads").first().waitFor();
  expect(await page.getByText("Errors grow with length").count()).toBe(0);
  await show(page, quality("done", certificate));
  await keep(page, certificate);

  const part = page.getByRole("region", { name: "Quality" });
  await part.getByText("Errors grow with length").waitFor();
  expect(await part.textContent()).toContain("2.08 % bad frameslimit 0.10 %");
  const figures = page.getByRole("region", { name: "Registers a read: good of all" });
  expect(await figures.textContent()).toContain("125 registers: 97 of 100 good, 3 bad");
  const row = page.getByRole("row", { selected: true });
  expect(await row.textContent()).toContain("2.08 %Bad");
  expect((await page.getByRole("grid", { name: "Units of the line" }).boundingBox())?.y).toBeLessThan(
    size[1] - 160,
  );
});

test("each read of a certificate is told under the pointer and by keys", async () => {
  await using opened = await openLine();
  const { page } = opened;
  await keep(page, certificate);
  await page.getByRole("button", { name: /^Unit 17/ }).click();

  const strip = page.getByRole("slider", { name: "Every read, in order" });
  await strip.press("PageDown");
  await page.getByText(/^Read \d+ · [\d.]+ s · \d+ registers? · bad CRC, \d+ bytes$/).waitFor();
  expect(await strip.getAttribute("aria-valuetext")).toContain("bad CRC");
  await strip.hover({ position: { x: 1, y: 10 } });
  await page.getByText(/^Read 1 · 0 s · 1 register · good, \d+ ms, 7 bytes$/).waitFor();
});

test("registers of a unit are watched beside its certificate", async () => {
  await using opened = await openLine();
  const { page } = opened;
  await page.getByRole("button", { name: /^Unit 17/ }).click();

  await page.getByLabel("Through").selectOption({ label: "This laptop's own wire" });
  await page.getByLabel("From offset").fill("100");
  await page.getByRole("button", { name: "Watch" }).click();

  const table = page.getByRole("table", { name: "Live registers" });
  await table.getByRole("row").filter({ hasText: "400104103FFFF65535-1" }).waitFor();
  await expect
    .poll(() => lastCall(page))
    .toEqual({
      name: "line.read",
      input: { line: "line-1", unit: 17, area: "holding", offset: 100, count: 10 },
    });
});

test("the line has the verdict of all its units, and certifies them in one go", async () => {
  await using opened = await openLine();
  const { page } = opened;

  await page.getByRole("button", { name: "Certify all 4 units" }).click();
  await expect
    .poll(() => lastCall(page))
    .toEqual({ name: "job.quality", input: { line: "line-1", units: [1, 3, 17, 60], soakMinutes: 0 } });
  for (const unit of [1, 3, 60]) await keep(page, certificateOf(unit));
  await page.getByText("3 of 4 certified").waitFor();
  await keep(page, certificate);

  await page.getByText("Only unit 17 of 4 reads badly: the line itself is good.").waitFor();
});

test("nothing of the wire's tools is cut on the smallest screen", async () => {
  await using opened = await openLine({ size: [1024, 700] });
  const { page } = opened;

  await page.getByRole("button", { name: "Show the wire" }).click();

  const right = await page
    .getByRole("button", { name: "Save pcap" })
    .evaluate((button) => button.getBoundingClientRect().right);
  expect(right).toBeLessThan(1000);
});

test("frames are saved as a capture, with how to open it", async () => {
  await using opened = await openLine();
  const { page } = opened;

  await page.getByRole("button", { name: "Show the wire" }).click();
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("button", { name: "Save pcap" }).click(),
  ]);

  expect(download.suggestedFilename()).toBe("north-pump-station-rtu.pcap");
  const file = await readFile(await download.path());
  expect([file.readUInt32LE(0), file.readUInt32LE(20)]).toEqual([0xa1b2c3d4, 147]);
  await page.getByText("payload dissector mbrtu").waitFor();
});

test("a foreign frame says whose it is on its whole row", async () => {
  await using opened = await openLine();
  const { page } = opened;

  await page.getByRole("button", { name: "Show the wire" }).click();
  await page.evaluate(() =>
    window.fixture.set("wire", {
      ...{
        key: "9000",
        seq: 9000,
        at: Date.now(),
        medium: "modbus",
        line: "rtu",
        direction: "heard",
        unit: 9,
      },
      ...{
        says: { code: "wire.read", facts: { area: "holding", from: 0, to: 9 } },
        verdict: "good",
        gapMs: 1,
      },
      bytes: "09 03 00 00 00 0A C5 45",
    } as { key: string }),
  );

  const row = page.getByRole("row", { name: /09 03 00 00/ });
  await row.waitFor();
  expect(await row.getByTitle("heard from another master").count()).toBeGreaterThan(2);
});
