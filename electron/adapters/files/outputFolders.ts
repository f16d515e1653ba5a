import { randomUUID } from "node:crypto";
import { lstat, mkdir, open, rename, rm, writeFile } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import type { OutputFolder, OutputFolders } from "#capabilities/outputFolders.ts";
import { ProblemError } from "#domain/problem.ts";
import { syncFolder } from "./atomicWrite.ts";
import { errorCode, unwritable } from "./fileFault.ts";

/** Fills a hidden folder beside the wanted one and renames it: after a crash the wanted one is whole or not there. */
export function outputFolders(): OutputFolders {
  return {
    async open(given, near) {
      const path = resolve(dirname(near), given);
      await refuseExisting(path);
      const hidden = join(dirname(path), `.${basename(path)}.${randomUUID()}.tmp`);
      try {
        await mkdir(hidden, { recursive: true });
      } catch (error) {
        throw unwritable(path, error);
      }
      return new FilledFolder(path, hidden);
    },
  };
}

/** So many files are synced at a time: a disk likes company, and handles are few. */
const syncedAtOnce = 16;

class FilledFolder implements OutputFolder {
  readonly path: string;
  readonly #hidden: string;
  readonly #files: string[] = [];
  readonly #folders = new Set<string>();
  #kept = false;

  constructor(path: string, hidden: string) {
    this.path = path;
    this.#hidden = hidden;
    this.#folders.add(hidden);
  }

  pathOf(name: string): string {
    return join(this.#hidden, ...name.split("/"));
  }

  async write(name: string, content: string | Uint8Array): Promise<void> {
    const file = this.pathOf(name);
    try {
      if (!this.#folders.has(dirname(file))) await mkdir(dirname(file), { recursive: true });
      this.#folders.add(dirname(file));
      await writeFile(file, content, { flag: "wx" });
    } catch (error) {
      throw unwritable(join(this.path, ...name.split("/")), error);
    }
    this.#files.push(file);
  }

  async keep(): Promise<void> {
    try {
      for (let from = 0; from < this.#files.length; from += syncedAtOnce)
        await Promise.all(this.#files.slice(from, from + syncedAtOnce).map(syncFile));
      for (const folder of this.#folders) await syncFolder(folder);
      await refuseExisting(this.path);
      await rename(this.#hidden, this.path);
      this.#kept = true;
      await syncFolder(dirname(this.path));
    } catch (error) {
      throw error instanceof ProblemError ? error : unwritable(this.path, error);
    }
  }

  async discard(): Promise<void> {
    if (!this.#kept) await rm(this.#hidden, { recursive: true, force: true }).catch(() => undefined);
  }
}

async function syncFile(path: string): Promise<void> {
  const handle = await open(path, "r+");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function refuseExisting(path: string): Promise<void> {
  try {
    await lstat(path);
  } catch (error) {
    if (errorCode(error) === "ENOENT") return;
    throw unwritable(path, error);
  }
  throw new ProblemError({ code: "file.exists", path });
}
