import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { until } from "./until.ts";

export interface PtyPair {
  /** device path of one end; what is written here is read at `b` */
  readonly a: string;
  readonly b: string;
  /** takes both ends away, as if an adapter were pulled */
  close(): Promise<void>;
}

/**
 * Two pseudo terminals wired to each other by socat, without pacing: bytes pass at once at any baud rate.
 *
 * @param same paths of a closed pair to come back at, as when an adapter is plugged in again
 */
export async function openPtyPair(same?: Pick<PtyPair, "a" | "b">): Promise<PtyPair> {
  const folder = same === undefined ? await mkdtemp(join(tmpdir(), "lastmile-pty-")) : dirname(same.a);
  await mkdir(folder, { recursive: true });
  const a = join(folder, "a");
  const b = join(folder, "b");
  const socat = spawn("socat", [`pty,raw,echo=0,link=${a}`, `pty,raw,echo=0,link=${b}`], { stdio: "ignore" });
  const exited = once(socat, "exit");
  await until(() => existsSync(a) && existsSync(b), "socat's two terminals");
  return {
    a,
    b,
    async close() {
      if (socat.exitCode === null && socat.signalCode === null) socat.kill("SIGKILL");
      await exited;
      await rm(folder, { recursive: true, force: true });
    },
  };
}
