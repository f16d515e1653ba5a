import { join } from "node:path";
import { app } from "electron";
import { composeWorkbench, usualDataFolder, version } from "../compose.ts";
import { runSelfTest } from "./selfTest.ts";
import { startDesktop } from "./start.ts";

// This file is built to build/out/desktop/main.cjs, in a checkout and in the packed app alike.
const pageFolder = join(__dirname, "..", "page");
const preload = join(__dirname, "preload.cjs");
// The packed app keeps resources beside its archive, so that they are plain files.
const productFolder = app.isPackaged ? process.resourcesPath : join(__dirname, "..", "..", "..");
const resourceFolder = join(productFolder, "resources");

function run(): Promise<void> {
  if (process.argv.includes("--self-test")) {
    return runSelfTest({
      version,
      pageFolder,
      preload,
      openWorkbench: (dataFolder) => composeWorkbench({ host: "desktop", dataFolder, resourceFolder }),
    });
  }
  const dataFolder = usualDataFolder();
  return startDesktop({
    pageFolder,
    preload,
    dataFolder,
    openWorkbench: (secrets, printer) =>
      composeWorkbench({
        host: "desktop",
        dataFolder,
        resourceFolder,
        printer,
        ...(secrets !== undefined && { secrets }),
      }),
  });
}

run().catch((error: unknown) => {
  console.error(error);
  app.exit(3);
});
