import { execFileSync } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";

/** An empty folder of its own, gone when the test is. */
export async function tempFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "lastmile-test-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** Who may mount gets real small disks; elsewhere the tests that need them are skipped. */
export const canMount = process.platform === "linux" && process.getuid?.() === 0 && triesMount();

/** A disk of so many kilobytes, for the life of the test. `lock` makes it read-only. */
export async function smallDisk(kilobytes: number): Promise<{ folder: string; lock(): void }> {
  const folder = await mkdtemp(join(tmpdir(), "lastmile-disk-"));
  execFileSync("mount", ["-t", "tmpfs", "-o", `size=${kilobytes}k`, "none", folder]);
  onTestFinished(async () => {
    execFileSync("umount", ["-l", folder]);
    await rm(folder, { recursive: true, force: true });
  });
  return { folder, lock: () => void execFileSync("mount", ["-o", "remount,ro", folder]) };
}

function triesMount(): boolean {
  try {
    execFileSync("unshare", ["-m", "mount", "-t", "tmpfs", "none", "/mnt"], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}
