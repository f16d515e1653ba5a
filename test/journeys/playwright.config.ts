import { defineConfig } from "@playwright/test";
import type { HostOptions } from "./host.ts";

/** The same journeys on both hosts, one after another: each has the paced training line to itself. */
export default defineConfig<HostOptions>({
  testDir: ".",
  testMatch: "*.spec.ts",
  outputDir: "../out/journeys",
  workers: 1,
  timeout: 180_000,
  expect: { timeout: 20_000 },
  forbidOnly: process.env.CI === "true",
  projects: [
    { name: "web", use: { host: "web" } },
    { name: "desktop", use: { host: "desktop" } },
  ],
});
