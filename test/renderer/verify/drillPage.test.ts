import { expect, test } from "vitest";
import { callNamed } from "#test/support/page/callNamed.ts";
import { barriersOf, cutLabels, scenePages } from "#test/support/page/scenePages.ts";

const { open } = scenePages();
const looks = [
  ["drillDone", "en", "light", [1366, 768]],
  ["drillDone", "zh", "sunlight", [1024, 700]],
  ["drillOut", "en", "dark", [1366, 768]],
  ["drillPull", "zh", "light", [1366, 768]],
] as const;

test.each(looks)("the drill in scene %s, %s, %s, %s is whole and without barriers", async (...look) => {
  const [scene, language, theme, size] = look;
  await using opened = await open({ scene, step: "verify", language, theme, size });
  const { page } = opened;
  if (scene === "drillDone")
    await page.getByRole("button", { name: language === "en" ? "Outage drill" : "断网演练" }).click();
  await page
    .getByRole("heading", { level: 1, name: language === "en" ? "Outage drill" : "断网演练" })
    .waitFor();
  if (process.env.PICTURES)
    await page.screenshot({ path: `${process.env.PICTURES}-${scene}-${language}-${theme}.png` });

  expect(await barriersOf(page)).toEqual([]);
  expect(await cutLabels(page)).toEqual([]);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(size[0]);
  expect(opened.complaints).toEqual([]);
});

test("a drill is started with what was chosen, and its result names the cause and what to do", async () => {
  await using opened = await open({ scene: "drillDone", step: "verify" });
  const { page } = opened;
  await page.getByRole("button", { name: "Outage drill" }).click();

  await page.getByRole("grid", { name: "The drill tag by tag" }).waitFor();
  expect(await page.getByRole("row", { name: /feeder1\/voltage_l1/ }).textContent()).toContain(
    "Cache too small",
  );
  expect(await page.getByRole("region", { name: "Why, and what to do" }).textContent()).toContain(
    "Use QoS 1",
  );
  await page.getByLabel("Stays cut for").fill("120");
  await page.getByLabel("The link").selectOption("silence");
  await page.getByRole("button", { name: "Drill again" }).click();

  expect(await callNamed(page, "job.drill")).toMatchObject({
    input: { by: "proxy", how: "silence", holdSeconds: 120 },
  });
});

test("the advice shows the silences that were tried and the day's cost", async () => {
  await using opened = await open({ scene: "advice", step: "uplink" });
  const { page } = opened;
  await page.getByRole("tab", { name: "Keep-alive" }).click();
  const section = page.getByRole("region", { name: "Keep-alive and traffic" });

  await section.getByText("Keep-alive 88 s").waitFor();
  expect(await section.getByRole("row", { name: /Advised/ }).textContent()).toContain("179.7 KB");
  await section.getByLabel("Path").selectOption("nat60");
  await section.getByRole("button", { name: "Find the keep-alive" }).click();
  if (process.env.PICTURES) {
    await section.scrollIntoViewIfNeeded();
    await page.screenshot({ path: `${process.env.PICTURES}-advice.png` });
  }

  expect(await callNamed(page, "job.advice")).toMatchObject({
    input: { path: "nat60", upToSeconds: 120, latestSeconds: 0 },
  });
  expect(await barriersOf(page)).toEqual([]);
  expect(await cutLabels(page)).toEqual([]);
});
