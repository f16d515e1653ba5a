import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { mkdtemp, readlink, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { until } from "./until.ts";

/** An adapter that can be pulled: a pseudo terminal whose bytes pass to and from another place, and are recorded. */
export interface PtyBridge {
  /** device path, the same after each plugging in */
  readonly path: string;
  plug(): Promise<void>;
  /** takes the terminal away, as when an adapter is pulled */
  pull(): Promise<void>;
  /** what passed since the last plugging in, byte by byte */
  passed(): { readonly fromTerminal: Uint8Array; readonly toTerminal: Uint8Array };
  close(): Promise<void>;
}

/** @param to the TCP port where the line is, connected to anew at each plugging in; or a path for a second terminal */
export async function openPtyBridge(to: number | string): Promise<PtyBridge> {
  const folder = await mkdtemp(join(tmpdir(), "lastmile-pty-"));
  const path = join(folder, "tty");
  const [fromTerminal, toTerminal] = [join(folder, "from"), join(folder, "to")];
  let socat: ReturnType<typeof spawn> | undefined;
  let exited: Promise<unknown> = Promise.resolve();
  const pull = async () => {
    if (socat && socat.exitCode === null && socat.signalCode === null) socat.kill("SIGKILL");
    await exited;
    // A killed socat leaves its link behind, which names a terminal that is no more.
    await rm(path, { force: true });
  };
  const plug = async () => {
    for (const file of [fromTerminal, toTerminal]) await rm(file, { force: true });
    const far = typeof to === "number" ? `tcp:127.0.0.1:${to},nodelay` : `pty,raw,echo=0,link=${to}`;
    const places = [`pty,raw,echo=0,link=${path}`, far];
    socat = spawn("socat", ["-r", fromTerminal, "-R", toTerminal, ...places], { stdio: "ignore" });
    exited = once(socat, "exit");
    const isThere = () =>
      readlink(path).then(
        () => true,
        () => false,
      );
    await until(isThere, "socat's terminal");
  };
  await plug();
  return {
    path,
    plug,
    pull,
    passed: () => ({ fromTerminal: readFileSync(fromTerminal), toTerminal: readFileSync(toTerminal) }),
    async close() {
      await pull();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
