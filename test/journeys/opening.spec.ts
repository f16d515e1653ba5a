import { readdir } from "node:fs/promises";
import { expect } from "@playwright/test";
import { test } from "./host.ts";

test("a new site is on the disk and still open after the page was loaded anew", async ({
  lastmile,
  dataFolder,
}) => {
  const complaints: string[] = [];
  lastmile.on("console", (message) => {
    if (message.type() === "error") complaints.push(message.text());
  });
  lastmile.on("pageerror", (error) => complaints.push(error.message));

  await lastmile.getByRole("textbox", { name: "Name of the site" }).fill("North pump");
  await lastmile.getByRole("button", { name: "Create the site" }).click();
  await expect(lastmile.getByRole("banner")).toContainText("North pump");
  await lastmile.reload();

  await expect(lastmile.getByRole("banner")).toContainText("North pump");
  expect(await readdir(dataFolder)).toContain("north-pump.site.json");
  expect(complaints).toEqual([]);
});
