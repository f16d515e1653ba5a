import { constants } from "node:fs";
import { open, readFile, stat } from "node:fs/promises";
import { FaultError } from "#domain/fault.ts";
import { ProblemError } from "#domain/problem.ts";
import { openFailure } from "./openFailure.ts";

/**
 * Why a port would not open, as a FaultError (line.busy, line.noPermission, line.portMissing, line.driverFailed) or a
 * ProblemError (line.settingsInvalid).
 *
 * The library's text holds the system's message in the user's language, so only its own fixed words are read; the
 * rest is asked of the system again.
 */
export async function openError(path: string, error: Error): Promise<FaultError | ProblemError> {
  const isWindows = process.platform === "win32";
  const failure = openFailure(path, error.message, {
    isWindows,
    isPlainFile: !isWindows && (await isPlainFile(path)),
    errno: isWindows ? undefined : await errnoOfOpening(path),
    group: isWindows ? "" : await groupOf(path),
  });
  return failure.code === "line.settingsInvalid" ? new ProblemError(failure) : new FaultError(failure, error);
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
