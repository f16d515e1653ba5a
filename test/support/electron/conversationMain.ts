import { join } from "node:path";
import { app } from "electron";
import { startDesktop } from "#hosts/desktop/start.ts";
import { openWindow } from "#hosts/desktop/window.ts";
import { createTalkingWorkbench } from "../talkingWorkbench.ts";

const preload = join(__dirname, "preload.cjs");

/** The desktop host with a workbench to try its pipe with, in two windows. The environment says where the page is. */
startDesktop({
  pageFolder: process.env.TEST_PAGE ?? "",
  preload,
  dataFolder: process.env.LASTMILE_DATA ?? "",
  openWorkbench: async () => ({ workbench: createTalkingWorkbench("desktop"), close: async () => {} }),
})
  .then(() => openWindow({ preload, stateFile: join(app.getPath("userData"), "second.json"), shown: true }))
  .catch((error: unknown) => {
    console.error(error);
    app.exit(3);
  });
