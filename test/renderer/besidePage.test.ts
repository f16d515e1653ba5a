import { expect, test } from "vitest";
import { callNamed } from "../support/page/callNamed.ts";
import { barriersOf, cutLabels, scenePages } from "../support/page/scenePages.ts";

const { open } = scenePages();

test.each([
  ["beside", "light", "en", [1366, 768]],
  ["beside", "dark", "zh", [1024, 700]],
  ["besideFailed", "sunlight", "en", [1024, 700]],
] as const)(
  "%s has no barrier in the %s theme, and cuts no label in %s at %s",
  async (scene, theme, language, size) => {
    await using opened = await open({ scene, step: "gateway", theme, language, size });
    await opened.page.getByRole("grid").last().waitFor();

    expect(await barriersOf(opened.page)).toEqual([]);
    expect(await cutLabels(opened.page)).toEqual([]);
    expect(await opened.page.evaluate(() => document.documentElement.scrollWidth)).toBe(size[0]);
    expect(opened.complaints).toEqual([]);
  },
  60_000,
);

test("a bridge is applied after a question that says what will change", async () => {
  await using opened = await open({ scene: "beside", step: "gateway" });
  const { page } = opened;
  const nanomq = page.getByRole("region", { name: "NanoMQ: bridge to the cloud" });

  await nanomq.getByRole("button", { name: "Apply" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByText("4 changes at http://192.168.1.20:8081:").waitFor();
  await dialog.getByRole("button", { name: "Apply now" }).click();

  expect((await callNamed(page, "job.program")).input).toEqual({ program: "nanomq", action: "apply" });
}, 60_000);

test("the site's bridge is changed field by field, as one edit, its password apart", async () => {
  await using opened = await open({ scene: "beside", step: "gateway" });
  const { page } = opened;
  const nanomq = page.getByRole("region", { name: "NanoMQ: bridge to the cloud" });

  await nanomq.getByRole("button", { name: "Change" }).click();
  await nanomq.getByLabel("Client id").fill("north-2");
  await nanomq.getByLabel("Password", { exact: true }).fill("s3cret");
  await nanomq.getByLabel("Goes up").fill("lastmile/#\nalarm");
  await nanomq.getByRole("button", { name: "Keep", exact: true }).click();
  await nanomq.getByRole("button", { name: "Change" }).waitFor();

  expect((await callNamed(page, "bridge.setPassword")).input).toEqual({ password: "s3cret" });
  const { edit } = (await callNamed(page, "site.edit")).input as { edit: unknown };
  expect(edit).toMatchObject({
    kind: "setBridge",
    bridge: {
      clientId: "north-2",
      forwards: [
        { local: "lastmile/#", remote: "", qos: 1 },
        { local: "alarm", remote: "", qos: 1 },
      ],
    },
  });
  expect(JSON.stringify(edit)).not.toContain("s3cret");
}, 60_000);

test("whoever is not signed in gets there by one button, the address filled in", async () => {
  await using opened = await open({ scene: "signedOut", step: "gateway" });
  const { page } = opened;
  const ekuiper = page.getByRole("region", { name: "eKuiper: streams and rules" });

  await ekuiper.getByRole("button", { name: "Connect to eKuiper" }).click();
  await ekuiper.getByLabel("Address of its API").waitFor();
  expect(await ekuiper.getByLabel("Address of its API").inputValue()).toBe("http://127.0.0.1:9081");
  await ekuiper.getByRole("button", { name: "Connect to eKuiper" }).click();

  expect((await callNamed(page, "program.signIn")).input).toMatchObject({
    program: "ekuiper",
    url: "http://127.0.0.1:9081",
    uploadId: null,
  });
}, 60_000);
