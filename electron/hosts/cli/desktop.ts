import { spawn } from "node:child_process";
import { once } from "node:events";
import { createRequire } from "node:module";
import { join } from "node:path";
import { ProblemError } from "#domain/problem.ts";
import { productFolder } from "./folders.ts";
import { done, type Verb } from "./verb.ts";

export const desktop: Verb = {
  usage: "desktop",
  options: {},
  async run(call) {
    const main = join(productFolder, "build", "out", "desktop", "main.cjs");
    const child = spawn(electronProgram(), [main], { stdio: "inherit" });
    call.signal.addEventListener("abort", () => child.kill(), { once: true });
    const [code] = (await once(child, "exit")) as [number | null];
    return done({ code }, code === 0);
  },
};

/** Electron's own program; its package downloads it when first asked and throws where it cannot. */
function electronProgram(): string {
  try {
    return createRequire(join(productFolder, "package.json"))("electron") as string;
  } catch (error) {
    const reason = error instanceof Error ? (error.message.split("\n")[0] ?? "") : String(error);
    throw new ProblemError({
      code: "usage",
      reason: `Electron's runtime is not here (${reason}); use "lastmile web"`,
    });
  }
}
