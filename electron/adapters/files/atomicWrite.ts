import { randomUUID } from "node:crypto";
import { copyFile, link, open, realpath, rename, rm } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { systemClock } from "#adapters/clock.ts";
import { errorCode, unwritable } from "./fileFault.ts";

export interface WriteChoices {
  /** permission bits of the new file, 0o666 before the umask unless told */
  readonly mode?: number;
  /** keeps what was there as `<name>.previous` */
  readonly keepPrevious?: boolean;
}

/**
 * Replaces a file whole or not at all: after a crash or a power cut the old or the new content is there.
 * Writes a temporary file in the same folder, fsyncs it, renames it over the old one and fsyncs the folder.
 * A link is followed, so that its target changes and the link stays.
 *
 * @throws FaultError file.unwritable with a reason of fileReason; the old file is untouched, the temporary one removed
 */
export async function atomicWrite(
  path: string,
  content: string | Uint8Array,
  choices: WriteChoices = {},
): Promise<void> {
  try {
    const target = await followed(path);
    const temporary = temporaryBeside(target);
    try {
      await writeDown(temporary, content, choices.mode ?? 0o666);
      if (choices.keepPrevious) await keepPrevious(target);
      await renamePatiently(temporary, target);
    } finally {
      await rm(temporary, { force: true }).catch(() => undefined);
    }
    await syncFolder(dirname(target));
  } catch (error) {
    throw unwritable(path, error);
  }
}

/** Makes a rename or a new name in a folder outlast a power cut. Windows has no such call and needs none. */
export async function syncFolder(folder: string): Promise<void> {
  if (process.platform === "win32") return;
  const handle = await open(folder, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function followed(path: string): Promise<string> {
  try {
    return await realpath(path);
  } catch (error) {
    if (errorCode(error) === "ENOENT") return path;
    throw error;
  }
}

async function writeDown(path: string, content: string | Uint8Array, mode: number): Promise<void> {
  const handle = await open(path, "wx", mode);
  try {
    await handle.writeFile(content);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** The old content gets a second name, which costs no space; where a file system has no links, a copy. */
async function keepPrevious(path: string): Promise<void> {
  const second = temporaryBeside(path);
  try {
    try {
      await link(path, second);
    } catch (error) {
      if (errorCode(error) === "ENOENT") return;
      await copyFile(path, second);
    }
    await renamePatiently(second, `${path}.previous`);
  } finally {
    await rm(second, { force: true }).catch(() => undefined);
  }
}

// Virus scanners and indexers on Windows hold a file open for a moment after it was written.
async function renamePatiently(from: string, to: string): Promise<void> {
  for (let pauseMs = 10; ; pauseMs *= 2) {
    try {
      return await rename(from, to);
    } catch (error) {
      const held = ["EPERM", "EBUSY", "EACCES"].includes(errorCode(error) ?? "");
      if (process.platform !== "win32" || !held || pauseMs > 1000) throw error;
      await systemClock.sleep(pauseMs);
    }
  }
}

function temporaryBeside(path: string): string {
  return join(dirname(path), `.${basename(path)}.${randomUUID()}.tmp`);
}
