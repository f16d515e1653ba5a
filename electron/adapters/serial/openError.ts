import { constants } from "node:fs";
import { open, readFile, stat } from "node:fs/promises";
import { FaultError } from "#domain/fault.ts";
import { ProblemError } from "#domain/problem.ts";

/**
 * Why a port would not open, as a FaultError (line.busy, line.noPermission, line.portMissing) or a ProblemError
 * (line.settingsInvalid).
 *
 * The library's text holds the system's message in the user's language, so only its own fixed words are read; the
 * rest is asked of the system again.
 */
export async function openError(path: string, error: Error): Promise<FaultError | ProblemError> {
  const text = error.message;
  const missing = new FaultError({ code: "line.portMissing", port: path }, error);
  if (process.platform !== "win32" && (await isPlainFile(path))) return missing;
  if (/baud rate|Invalid (data bits|parity|stop bits)/.test(text))
    return new ProblemError({ code: "line.settingsInvalid", reason: text });
  if (/Cannot lock port|Access denied/.test(text))
    return new FaultError({ code: "line.busy", port: path }, error);
  if (process.platform === "win32") return missing;
  switch (await errnoOfOpening(path)) {
    case "EACCES":
    case "EPERM":
      return new FaultError({ code: "line.noPermission", port: path, group: await groupOf(path) }, error);
    case "EBUSY":
      return new FaultError({ code: "line.busy", port: path }, error);
    default:
      return missing;
  }
}

async function isPlainFile(path: string): Promise<boolean> {
  return stat(path).then(
    (file) => !file.isCharacterDevice(),
    () => false,
  );
}

async function errnoOfOpening(path: string): Promise<string | undefined> {
  try {
    const file = await open(path, constants.O_RDWR | constants.O_NOCTTY | constants.O_NONBLOCK);
    await file.close();
    return undefined;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code;
  }
}

/** The group that may use the device file, such as dialout or uucp; its number where it has no name. */
async function groupOf(path: string): Promise<string> {
  try {
    const { gid } = await stat(path);
    const groups = await readFile("/etc/group", "utf8");
    const line = groups.split("\n").find((text) => text.split(":")[2] === String(gid));
    return line?.split(":")[0] ?? String(gid);
  } catch {
    return "";
  }
}
