import { defineConfig } from "@playwright/test";

/** The same journeys on both hosts, one after another: each has the training site's paced line to itself. */
export default defineConfig({
  testDir: ".",
  testMatch: "*.spec.ts",
  outputDir: "../out/journeys",
  workers: 1,
  timeout: 180_000,
  expect: { timeout: 20_000 },
  forbidOnly: process.env.CI === "true",
  projects: [{ name: "web" }, { name: "desktop" }],
});
