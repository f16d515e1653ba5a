import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";

const cli = fileURLToPath(new URL("../../build/out/cli/main.mjs", import.meta.url));

/** The web host as a person starts it: a process that prints its link. */
export async function startWebProcess(
  dataFolder: string,
): Promise<{ url: string; pid: number; stop(): Promise<void> }> {
  const child = spawn(process.execPath, [cli, "web"], {
    env: { ...process.env, LASTMILE_DATA: dataFolder, LANG: "C.UTF-8" },
    stdio: ["ignore", "pipe", "inherit"],
  });
  const exited = once(child, "exit");
  let said = "";
  const url = await new Promise<string>((resolve, reject) => {
    child.stdout.on("data", (chunk: Buffer) => {
      said += chunk.toString();
      const link = /http:\/\/127\.0\.0\.1:\d+\/\S*/.exec(said);
      if (link) resolve(link[0]);
    });
    exited.then(() => reject(new Error(`the web host ended: ${said}`)));
  });
  return {
    url,
    pid: child.pid ?? 0,
    async stop() {
      child.kill("SIGTERM");
      await exited;
    },
  };
}
