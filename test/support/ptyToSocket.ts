import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { until } from "./until.ts";

export interface PtyToSocket {
  readonly path: string;
  /** kills the holder of the pseudo terminal's master, as when an adapter is pulled */
  close(): Promise<void>;
  isGone(): boolean;
  /** closes it and leaves nothing behind */
  remove(): Promise<void>;
}

/** A pseudo terminal whose other end is a TCP port on this machine, by socat. @param samePath of one that is gone */
export async function openPtyToSocket(port: number, samePath?: string): Promise<PtyToSocket> {
  const path = samePath ?? join(await mkdtemp(join(tmpdir(), "lastmile-pty-")), "port");
  await rm(path, { force: true });
  const args = [`pty,raw,echo=0,link=${path}`, `tcp:127.0.0.1:${port},nodelay`];
  const socat = spawn("socat", args, { stdio: "ignore" });
  const exited = once(socat, "exit");
  await until(() => existsSync(path), "socat's terminal");
  const isGone = () => socat.exitCode !== null || socat.signalCode !== null || socat.killed;
  const close = async () => {
    if (!isGone()) socat.kill("SIGKILL");
    await exited;
  };
  return {
    path,
    isGone,
    close,
    async remove() {
      await close();
      await rm(dirname(path), { recursive: true, force: true });
    },
  };
}
