import { composeWorkbench, usualDataFolder } from "../compose.ts";
import { startWebHost } from "../web/server.ts";
import { pageFolder, resourceFolder } from "./folders.ts";
import { wholeNumber } from "./linePlace.ts";
import { done, type Verb } from "./verb.ts";

export const web: Verb = {
  usage: "web [--listen PORT]",
  options: { listen: { type: "string" } },
  async run(call) {
    const open = await composeWorkbench({ host: "web", dataFolder: usualDataFolder(), resourceFolder });
    const onLink = (url: string) => call.terminal.line(`another browser: ${url}`);
    const port = call.options.listen === undefined ? 0 : wholeNumber(call.options, "listen", 0);
    const host = await startWebHost({ workbench: open.workbench, pageFolder, port, onLink });
    call.terminal.line(`Lastmile is at ${host.url}`);
    await new Promise<void>((resolve) =>
      call.signal.addEventListener("abort", () => resolve(), { once: true }),
    );
    await host.close();
    await open.close();
    return done({ url: host.url });
  },
};
