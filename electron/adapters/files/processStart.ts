import { readFile } from "node:fs/promises";

/**
 * When a process started, in a form that only equality can be asked of: boot id and clock ticks since boot.
 * Empty where the system does not tell (anything but Linux) or no such process lives.
 */
export async function processStart(pid: number): Promise<string> {
  if (process.platform !== "linux") return "";
  try {
    const [boot, stat] = await Promise.all([
      readFile("/proc/sys/kernel/random/boot_id", "utf8"),
      readFile(`/proc/${pid}/stat`, "utf8"),
    ]);
    // The second field is the program's name in brackets and may hold blanks; field 22 is the start time.
    const ticks = stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19];
    return ticks === undefined ? "" : `${boot.trim()}/${ticks}`;
  } catch {
    return "";
  }
}
