import type { Page } from "@playwright/test";
import { expect, test } from "vitest";
import type { FoundGatewayView } from "#contract/lineViews.ts";
import type { JobView } from "#contract/views.ts";
import { phrase } from "#domain/phrase.ts";
import { barriersOf, cutLabels, type Look, scenePages } from "../support/page/scenePages.ts";
import { scanDone } from "../support/page/trainingItems.ts";

const here = { host: "192.168.1.10", name: "gw-7", mac: "00:1a:2b:3c:4d:5e", latencyMs: 4 };
const found: readonly FoundGatewayView[] = [
  { ...here, kind: "Neuron", url: "http://192.168.1.10:7000", version: "" },
  { ...here, kind: "eKuiper", url: "http://192.168.1.10:9081", version: "2.4.0" },
  { ...here, kind: "NanoMQ", url: "http://192.168.1.10:8081", version: "" },
  {
    ...{ kind: "NeuronEX", host: "192.168.1.40", url: "http://192.168.1.40:8085", version: "3.9.2" },
    ...{ name: "", mac: "0c:9d:92:00:0a:01", latencyMs: 11 },
  },
  {
    ...{ kind: "SSH", host: "192.168.1.77", url: "http://192.168.1.77:7000", version: "" },
    ...{ name: "fresh-gateway", mac: "", latencyMs: null },
  },
];

function search(state: JobView["state"], seen: readonly FoundGatewayView[]): JobView {
  const running = { done: 112, total: 254, endedAt: null, leftMs: 5600 };
  const doing = phrase("doing.askingHosts", { host: "192.168.1.112", found: seen.length });
  return {
    ...scanDone,
    ...(state === "running" && { ...running, doing }),
    key: "gateways-1",
    state,
    detail: {
      ...{ kind: "gateways", range: "192.168.1.0/24", hosts: 254, asked: state === "running" ? 112 : 254 },
      found: [...seen],
    },
  };
}

const pages = scenePages();
const open = (look: Partial<Look> = {}) => pages.open({ scene: "signedOut", step: "gateway", ...look });
const show = (page: Page, job: JobView) =>
  page.evaluate((item) => window.fixture.set("jobs", item), job as { key: string });
const lastCall = (page: Page, name: string) =>
  page.evaluate((name) => window.fixture.calls.findLast((call) => call.name === name), name);

test("gateways are searched in a chosen network, and a click takes one into the sign-in", async () => {
  await using opened = await open();
  const { page } = opened;
  const range = page.getByLabel("Addresses to ask");
  await expect.poll(() => range.inputValue()).toBe("192.168.1.0/24");

  await page.getByRole("button", { name: "wlan0" }).click();
  await range.press("Enter");
  await expect
    .poll(() => lastCall(page, "job.gateways"))
    .toEqual({ name: "job.gateways", input: { range: "10.20.30.0/24", perSecond: 25 } });
  await show(page, search("running", found.slice(0, 1)));
  await page.getByRole("progressbar", { name: "Search for gateways" }).waitFor();
  await page.getByRole("button", { name: "Cancel" }).click();
  await expect
    .poll(() => lastCall(page, "job.cancel"))
    .toEqual({ name: "job.cancel", input: { jobId: "gateways-1" } });
  await show(page, search("done", found));

  const list = page.getByRole("list", { name: "Gateways found" });
  await expect
    .poll(() => list.getByRole("listitem").allTextContents())
    .toEqual([
      "Neuron192.168.1.10:7000gw-7 · 00:1a:2b:3c:4d:5e · 4 msUse",
      "eKuiper 2.4.0192.168.1.10:9081gw-7 · 00:1a:2b:3c:4d:5e · 4 ms",
      "NanoMQ192.168.1.10:8081gw-7 · 00:1a:2b:3c:4d:5e · 4 ms",
      "NeuronEX 3.9.2192.168.1.40:80850c:9d:92:00:0a:01 · 11 msUse",
      "SSH192.168.1.77fresh-gateway · Only SSH is announced: a fresh Neuron may be behind it.Use SSH",
    ]);
  await page.getByRole("button", { name: "Use http://192.168.1.40:8085" }).click();
  expect(await page.getByLabel("Address", { exact: true }).inputValue()).toBe("http://192.168.1.40:8085");
  expect(opened.complaints).toEqual([]);
});

test("nothing found says what to try", async () => {
  await using opened = await open({ language: "zh" });
  const { page } = opened;

  await show(page, search("done", []));

  await page.getByText("没有网关应答").waitFor();
  expect(await page.getByText("只监听本机").count()).toBeGreaterThan(0);
});

test("a computer with SSH alone opens the fold, and its key is confirmed before it is trusted", async () => {
  await using opened = await open({ scene: "unconfirmedKey" });
  const { page } = opened;
  await show(page, search("done", found));

  await page.getByRole("button", { name: "Use SSH on 192.168.1.77" }).click();
  await page.getByLabel("SSH user").fill("pi");
  await page.getByLabel("SSH password").fill("raspberry");
  await page.getByLabel("Password", { exact: true }).fill("0000");
  await page.getByRole("button", { name: "Sign in", exact: true }).click();

  const ssh = { host: "192.168.1.77", port: 22, user: "pi", password: "raspberry" };
  const input = { url: "http://192.168.1.77:7000", user: "admin", password: "0000", ssh };
  await expect.poll(() => lastCall(page, "gateway.signIn")).toEqual({ name: "gateway.signIn", input });
  await page.getByText("SHA256:Q3vYvKtPZ1tVt0mB3s0Yb6Xk3oE0q2j6s1m4w8r5n7A").waitFor();
  await page.getByRole("button", { name: "It is this key: go on" }).click();
  const hostKey = "SHA256:Q3vYvKtPZ1tVt0mB3s0Yb6Xk3oE0q2j6s1m4w8r5n7A";
  await expect
    .poll(() => lastCall(page, "gateway.signIn"))
    .toEqual({ name: "gateway.signIn", input: { ...input, ssh: { ...ssh, hostKey } } });
});

test("a private key is chosen as a file, with its passphrase", async () => {
  await using opened = await open();
  const { page } = opened;
  await page.getByText("Through SSH").click();

  await page.getByLabel("SSH user").fill("root");
  await page.getByLabel("Sign in with").selectOption("key");
  const signIn = page.getByRole("button", { name: "Sign in", exact: true });
  expect(await signIn.isDisabled()).toBe(true);
  const file = { name: "id_ed25519", mimeType: "text/plain", buffer: Buffer.from("a private key") };
  await page.locator('input[type="file"]').setInputFiles(file);
  await page.getByText("Key: id_ed25519").waitFor();
  await page.getByLabel("Passphrase of the key").fill("open");
  await signIn.click();

  await expect
    .poll(() => lastCall(page, "gateway.signIn"))
    .toMatchObject({ input: { ssh: { user: "root", key: "a private key", passphrase: "open" } } });
});

test("another gateway at the address is shown with old and new, and trusted by a button alone", async () => {
  await using opened = await open({ scene: "changedGateway" });
  const { page } = opened;
  await page.getByLabel("Address", { exact: true }).fill("http://192.168.1.10:7000");

  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  const alert = page.getByRole("alert");
  await alert.waitFor();
  expect(await alert.textContent()).toContain("Known: 00:1a:2b:3c:4d:5e\nNow: 0c:9d:92:00:0a:01");
  await page.getByRole("button", { name: "Trust the new one and sign in" }).click();

  await expect
    .poll(() => lastCall(page, "gateway.signIn"))
    .toMatchObject({ input: { trust: "0c:9d:92:00:0a:01" } });
  // What was trusted belongs to that address alone.
  await page.getByLabel("Address", { exact: true }).fill("http://192.168.1.11:7000");
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await expect
    .poll(() => lastCall(page, "gateway.signIn"))
    .toEqual({
      name: "gateway.signIn",
      input: { url: "http://192.168.1.11:7000", user: "admin", password: "" },
    });
});

test.each([
  ["light", "en", [1366, 768]],
  ["dark", "zh", [1366, 768]],
  ["sunlight", "zh", [1024, 700]],
] as const)("the search has no barrier and cuts no word (%s, %s)", async (theme, language, size) => {
  await using opened = await open({ theme, language, size, scene: "changedGateway" });
  const { page } = opened;

  await show(page, search("done", found));
  await page.locator("summary").click();
  await page.locator("button[type=submit]").first().waitFor();
  await page.getByText("192.168.1.77").first().waitFor();

  expect(await barriersOf(page)).toEqual([]);
  expect(await cutLabels(page)).toEqual([]);
});
