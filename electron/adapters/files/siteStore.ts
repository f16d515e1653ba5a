import { createHash } from "node:crypto";
import { mkdir, readFile, stat } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { setImmediate } from "node:timers/promises";
import type { SiteFile, SiteStore } from "#capabilities/siteStore.ts";
import { siteFileName, slugOf } from "#domain/site/fileName.ts";
import { atomicWrite } from "./atomicWrite.ts";
import { errorCode, unreadable, unwritable } from "./fileFault.ts";
import { takeLock } from "./fileLock.ts";
import { namesIn } from "./jsonFiles.ts";
import { recentSites } from "./recentSites.ts";
import { isSiteFile, stemOf } from "./siteNames.ts";

/**
 * Site files in the user's site folder, and those elsewhere that were opened from here.
 *
 * @param folder where new sites go; made at the first write
 */
export function siteStore(folder: string): SiteStore {
  const recent = recentSites(join(folder, "recent.json"));
  const turns = new Map<string, Promise<unknown>>();

  /** Two writes of one file must not both find the expected hash. */
  function inTurn<T>(path: string, work: () => Promise<T>): Promise<T> {
    const before = turns.get(path) ?? Promise.resolve();
    const mine = before.then(work, work);
    turns.set(path, mine);
    const forget = () => {
      if (turns.get(path) === mine) turns.delete(path);
    };
    mine.then(forget, forget);
    return mine;
  }

  return {
    async list() {
      const inside = (await namesIn(folder)).filter(isSiteFile).map((name) => resolve(folder, name));
      const paths = new Set([...inside, ...(await recent.paths())]);
      const files = await Promise.all([...paths].map(siteFile));
      return files.filter((file) => file !== undefined).sort((a, b) => b.changedAt - a.changedAt);
    },
    async read(path) {
      const bytes = await bytesOf(path);
      return bytes && { text: bytes.toString("utf8"), hash: await hashOf(bytes) };
    },
    write: (path, text, expectedHash) =>
      inTurn(resolve(path), async () => {
        const present = await bytesOf(path);
        if ((present && (await hashOf(present))) !== expectedHash) return undefined;
        if (dirname(resolve(path)) === resolve(folder)) await makeFolder(folder);
        const bytes = Buffer.from(text, "utf8");
        await atomicWrite(path, bytes, { keepPrevious: true });
        return await hashOf(bytes);
      }),
    async newPath(name) {
      const slug = slugOf(name);
      const taken = new Set((await namesIn(folder)).map((taken) => taken.toLowerCase()));
      for (let copy = 1; ; copy++) {
        const file = siteFileName(copy === 1 ? slug : `${slug}-${copy}`);
        if (!taken.has(file)) return join(folder, file);
      }
    },
    async lock(path) {
      await makeFolder(dirname(path));
      const release = await takeLock(path);
      if (dirname(resolve(path)) !== resolve(folder)) await recent.add(resolve(path));
      return release;
    },
  };
}

/** A large file's in pieces, so that a poll or a click can come between. */
async function hashOf(bytes: Uint8Array): Promise<string> {
  const hash = createHash("sha256");
  for (let from = 0; from < bytes.length; from += hashedAPiece) {
    if (from > 0) await setImmediate();
    hash.update(bytes.subarray(from, from + hashedAPiece));
  }
  return hash.digest("hex");
}

const hashedAPiece = 1024 * 1024;

async function bytesOf(path: string): Promise<Buffer | undefined> {
  try {
    return await readFile(path);
  } catch (error) {
    if (errorCode(error) === "ENOENT") return undefined;
    throw unreadable(path, error);
  }
}

async function makeFolder(folder: string): Promise<void> {
  try {
    await mkdir(folder, { recursive: true });
  } catch (error) {
    throw unwritable(folder, error);
  }
}

/** Undefined for a file that is gone, or on a stick that is not plugged in. */
async function siteFile(path: string): Promise<SiteFile | undefined> {
  try {
    const { mtimeMs } = await stat(path);
    return { path, name: stemOf(path), changedAt: Math.round(mtimeMs) };
  } catch {
    return undefined;
  }
}
