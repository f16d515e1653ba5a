// `npm start`: builds what is out of date, then runs the desktop where it can run, else the web host.
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { buildIfOld } from "./buildIfOld.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
const [wanted, ...rest] = process.argv.slice(2);

function run(verb) {
  const { status, signal } = spawnSync(process.execPath, [`${root}/build/out/cli/main.mjs`, verb, ...rest], {
    stdio: "inherit",
  });
  process.exit(status ?? (signal === "SIGINT" ? 130 : 1));
}

/** Why the desktop cannot run here, or undefined. */
function obstacle() {
  const needsDisplay = process.platform !== "win32" && process.platform !== "darwin";
  if (needsDisplay && !process.env.DISPLAY && !process.env.WAYLAND_DISPLAY) return "there is no display";
  // Asking the package for its path fetches the runtime the first time; a child keeps its noise and its time away.
  const ask = ["-e", "require('electron')"];
  const asked = spawnSync(process.execPath, ask, { cwd: root, stdio: "ignore", timeout: 300_000 });
  return asked.status === 0 ? undefined : "Electron's runtime is not here and could not be fetched";
}

// Ctrl+C reaches the child too: it ends in its own time, and this process waits for it.
process.on("SIGINT", () => {});
await buildIfOld(root);
if (wanted !== undefined) run(wanted);
const reason = obstacle();
if (reason === undefined) run("desktop");
console.log(`Starting in the browser, because ${reason}.`);
run("web");
