import { describe, expect, test } from "vitest";
import { callNamed } from "../support/page/callNamed.ts";
import { barriersOf, cutLabels, scenePages } from "../support/page/scenePages.ts";

const { open } = scenePages();

const scenes = [
  ["none", "site"],
  ["fresh", "site"],
  ["training", "site"],
  ["signedOut", "gateway"],
  ["training", "gateway"],
  ["scan", "line"],
  ["taken", "line"],
  ["uplinkGood", "uplink"],
  ["uplinkBroken", "uplink"],
  ["standInOffline", "uplink"],
] as const;

test.each(["light", "dark", "sunlight"] as const)(
  "no screen has a barrier that axe knows in the %s theme",
  async (theme) => {
    for (const [scene, step] of scenes) {
      await using opened = await open({ scene, step, theme });

      expect({ scene, violations: await barriersOf(opened.page) }).toEqual({ scene, violations: [] });
      expect({ scene, complaints: opened.complaints }).toEqual({ scene, complaints: [] });
    }
  },
  60_000,
);

test.each([
  ["en", [1366, 768]],
  ["zh", [1366, 768]],
  ["en", [1024, 700]],
  ["zh", [1024, 700]],
] as const)(
  "no screen cuts a label or scrolls sideways in %s at %s",
  async (language, size) => {
    for (const [scene, step] of scenes) {
      await using opened = await open({ scene, step, language, size });

      expect({ scene, step, cut: await cutLabels(opened.page) }).toEqual({ scene, step, cut: [] });
      expect(await opened.page.evaluate(() => document.documentElement.scrollWidth)).toBe(size[0]);
    }
  },
  60_000,
);

describe("by keyboard alone", () => {
  test("the palette opens, finds an action by its words and does it", async () => {
    await using opened = await open({ scene: "training", step: "site" });
    const { page } = opened;

    await page.keyboard.press("Control+k");
    await page.getByRole("combobox").fill("gateway go");
    await page.keyboard.press("Enter");

    await page.getByRole("heading", { name: "Gateway", level: 1 }).waitFor();
    expect(opened.complaints).toEqual([]);
  });

  test("arrows move through a table and the inspector follows", async () => {
    await using opened = await open({ scene: "training", step: "gateway" });
    const { page } = opened;

    await page.getByRole("grid", { name: "What runs there now" }).focus();
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("End");

    await page.getByRole("complementary", { name: "Node cloud" }).waitFor();
    expect(await page.getByRole("row", { selected: true }).textContent()).toContain("cloud");
  });

  test("the wire's height is moved by arrows on its edge", async () => {
    await using opened = await open({ scene: "training", step: "line" });
    const { page } = opened;
    const edge = page.getByRole("separator", { name: "Height of the wire drawer" });

    await edge.press("ArrowUp");
    await page.getByRole("grid", { name: "Frames and packets" }).waitFor();
    await edge.press("ArrowDown");
    await edge.press("ArrowDown");
    await edge.press("ArrowDown");

    await page.getByRole("grid", { name: "Frames and packets" }).waitFor({ state: "detached" });
  });
});

describe("what a technician does", () => {
  test("a new site needs a name, and is created with its path", async () => {
    await using opened = await open({ scene: "none", step: "site" });
    const { page } = opened;

    await page.getByRole("button", { name: "Create the site" }).click();
    await page.getByText("A site needs a name.").waitFor();
    await page.getByRole("textbox", { name: "Name of the site" }).fill("Pump 7");
    await page.getByRole("textbox", { name: "Place in the plant" }).fill("Water / East");
    await page.getByRole("button", { name: "Create the site" }).click();

    expect(await callNamed(page, "site.create")).toEqual({
      name: "site.create",
      input: { name: "Pump 7", path: ["Water", "East"] },
    });
  });

  test("a changed field is kept when it is left, and an untouched one is not sent", async () => {
    await using opened = await open({ scene: "training", step: "site" });
    const { page } = opened;
    const edits = () =>
      page.evaluate(() =>
        window.fixture.calls.filter((call) => call.name === "site.edit").map((call) => call.input),
      );

    await page.getByRole("textbox", { name: "Engineer" }).focus();
    await page.getByRole("textbox", { name: "Note" }).focus();
    expect(await edits()).toEqual([]);
    await page.getByRole("textbox", { name: "Note" }).fill("Ring twice.");
    await page.getByRole("textbox", { name: "Engineer" }).focus();

    expect(await edits()).toMatchObject([
      { edit: { kind: "describe", note: "Ring twice.", name: "North pump station" } },
    ]);
  });

  test("a refused sign-in says why beside the form", async () => {
    await using opened = await open({ scene: "signedOut", step: "gateway" });
    const { page } = opened;

    await page.getByRole("textbox", { name: "Password" }).fill("wrong");
    await page.getByRole("button", { name: "Sign in" }).click();

    expect(await page.getByRole("alert").textContent()).toContain("admin");
  });

  test.each([
    ["en", "From a device profile", "Select Current", "Take 1 tag"],
    ["zh", "从设备模板添加", "选择 电流", "取用 1 个标签"],
  ] as const)(
    "tags are taken from a device profile, point by point, in %s",
    async (language, opener, current, take) => {
      await using opened = await open({ scene: "training", step: "tags", language, size: [1024, 700] });
      const { page } = opened;

      await page.getByRole("button", { name: opener }).click();
      await page.getByText("SDM120-Modbus").click();
      await page.getByRole("checkbox", { name: current }).click();
      await page.getByRole("button", { name: take }).waitFor();
      expect(await cutLabels(page)).toEqual([]);
      expect(await barriersOf(page)).toEqual([]);
      await page.getByRole("button", { name: take }).click();

      await page.getByRole("toolbar").first().waitFor();
      const calls = await page.evaluate(() =>
        window.fixture.calls.filter((call) => call.name === "tags.fromProfile"),
      );
      expect(calls.at(-1)?.input).toMatchObject({
        profile: "eastron-sdm120",
        unit: 1,
        group: "unit1",
        points: ["voltage"],
        language,
        take: true,
      });
      expect(opened.complaints).toEqual([]);
    },
  );

  test("a found unit leads to the tags of the profile that may describe it", async () => {
    await using opened = await open({ scene: "training", step: "line" });
    const { page } = opened;

    await page.getByRole("button", { name: /^Unit 1\b/ }).click();
    await page.getByText("likely", { exact: true }).waitFor();
    await page.getByRole("button", { name: "Take its tags" }).click();

    await page.getByRole("heading", { name: "From a device profile" }).waitFor();
    await page.getByRole("checkbox", { name: "Select Current" }).waitFor();
    // Until the tags are counted the button cannot be pressed, and its colours are on their way.
    await page.locator("button:enabled", { hasText: /^Take \d/ }).waitFor();
    expect(await barriersOf(page)).toEqual([]);
    expect(opened.complaints).toEqual([]);
  });

  test("a found unit is named and added to the site", async () => {
    await using opened = await open({ scene: "training", step: "line" });
    const { page } = opened;

    await page.getByRole("button", { name: /^Unit 42/ }).click();
    await page.getByRole("textbox", { name: "Name of the unit" }).fill("Valve");
    await page.getByRole("form", { name: "Unit 42" }).getByRole("button", { name: "Add to site" }).click();

    const edit = (await callNamed(page, "site.edit")).input;
    expect(edit).toMatchObject({ edit: { kind: "setUnits", line: "line-1" } });
    expect(JSON.stringify(edit)).toContain('{"number":42,"name":"Valve","identity":"Lastmile VX, 0.9"}');
  });

  test("a new serial line is set up from the ports that are there", async () => {
    await using opened = await open({ scene: "training", step: "line" });
    const { page } = opened;

    await page.getByRole("button", { name: "Add a line" }).click();
    const form = page.getByRole("dialog", { name: "Add a line" });
    await form.getByRole("button", { name: "Save the line" }).click();
    await form.getByText("Choose a port.").waitFor();
    await form.getByRole("radio", { name: /USB0/ }).check({ force: true });
    await form.getByText("The adapter waits 16 ms before it hands over bytes").waitFor();
    await form.getByRole("combobox", { name: "Baud rate" }).selectOption("19200");
    expect(await barriersOf(page)).toEqual([]);
    await form.getByRole("button", { name: "Save the line" }).click();
    await form.waitFor({ state: "detached" });

    const edit = (await callNamed(page, "site.edit")).input;
    expect(edit).toMatchObject({
      edit: { kind: "putLine", line: { id: "line-3", port: "/dev/ttyUSB0", settings: { baudRate: 19200 } } },
    });
    expect(opened.complaints).toEqual([]);
  });

  test("a failed action is told in the corner and stays until it is closed", async () => {
    await using opened = await open({ scene: "taken", step: "line" });
    const { page } = opened;

    await page.getByRole("button", { name: "Scan again" }).click();

    await page.getByText("/dev/ttyUSB0 is in use by another program").waitFor();
  });

  test("a damaged frame is taken apart, and frames are copied as hex", async () => {
    await using opened = await open({ scene: "training", step: "line" });
    const { page } = opened;

    await page.getByRole("button", { name: "Show the wire" }).click();
    await page.getByRole("combobox", { name: "Verdict" }).selectOption("errors");
    await page
      .getByRole("row", { name: /Bad CRC/ })
      .last()
      .click();
    const detail = page.getByRole("complementary", { name: "Byte by byte" });
    expect(await detail.textContent()).toContain("Checksum, should be");
    await page.getByRole("button", { name: "Copy as hex" }).click();

    expect(await page.evaluate(() => navigator.clipboard.readText())).toMatch(/< 2A 03 02 2A 03 02 13 88 13/);
    expect(await barriersOf(page)).toEqual([]);
  });

  test("a lost connection is said calmly while the last state stays on the screen", async () => {
    await using opened = await open({ scene: "training", step: "gateway" });
    const { page } = opened;

    await page.evaluate(() => window.fixture.lose());

    await page.getByRole("status").filter({ hasText: "Reconnecting" }).waitFor();
    expect(await page.getByRole("row", { name: /old-meter/ }).count()).toBe(1);
  });

  test("language and theme are remembered", async () => {
    await using opened = await open({ scene: "none", step: "site" });
    const { page } = opened;

    await page.getByRole("button", { name: "中" }).click();
    await page.getByRole("button", { name: "主题：浅色" }).click();

    await page.getByRole("button", { name: "打开培训站点" }).waitFor();
    expect(
      await page.evaluate(() => [localStorage["lastmile.language"], localStorage["lastmile.theme"]]),
    ).toEqual(["zh", "dark"]);
  });

  test("two thousand frames a second do not change the height of anything", async () => {
    await using opened = await open({ scene: "training", step: "line" });
    const { page } = opened;
    await page.getByRole("button", { name: "Show the wire" }).click();
    const rows = page.getByRole("grid", { name: "Frames and packets" });
    // The drawer is measured when it has opened.
    await expect.poll(async () => (await rows.boundingBox())?.y).toBeLessThan(700);
    const before = await rows.boundingBox();

    await page.evaluate(() => {
      for (let seq = 1000; seq < 3000; seq++) {
        window.fixture.set("wire", {
          key: String(seq),
          seq,
          at: Date.now(),
          medium: "modbus",
          line: "rtu",
          direction: "sent",
          unit: 9,
          says: { code: "wire.read", facts: { area: "holding", from: 0, to: 9 } },
          bytes: "09 03 00 00 00 0A C5 45",
          verdict: "good",
          gapMs: 1,
        } as never);
      }
    });
    await rows
      .getByRole("row", { name: /09 03 00 00/ })
      .last()
      .waitFor();

    expect(await rows.boundingBox()).toEqual(before);
    expect(await rows.getByRole("row").count()).toBeLessThan(60);
  });
});

test("the stand-in is started with what was chosen for it, and stopped", async () => {
  await using opened = await open({ scene: "standInStopped", step: "uplink" });
  const { page } = opened;

  await page.getByRole("tab", { name: "Stand-in" }).click();
  await page.getByRole("button", { name: "Settings" }).click();
  await page.getByRole("textbox", { name: "Replay a second, at most" }).fill("7");
  await page.getByRole("combobox", { name: "When full, give up" }).selectOption("newest");
  await page.getByRole("button", { name: "Start the stand-in" }).click();

  expect(await callNamed(page, "job.standin")).toMatchObject({
    input: { replayPerSecond: 7, givesWay: "newest" },
  });
  expect(opened.complaints).toEqual([]);

  await using running = await open({ scene: "standInOnline", step: "uplink" });
  await running.page.getByRole("tab", { name: "Stand-in" }).click();
  await running.page.getByRole("button", { name: "Stop" }).click();
  expect(await callNamed(running.page, "job.cancel")).toMatchObject({ input: { jobId: "standin-1" } });
});
