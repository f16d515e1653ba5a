import { mkdir, readFile, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { PhotoStore } from "#capabilities/photoStore.ts";
import { atomicWrite, syncFolder } from "./atomicWrite.ts";
import { errorCode, unreadable, unwritable } from "./fileFault.ts";
import { stemOf } from "./siteNames.ts";

/** Photos in `<site>.photos/` beside the site file. */
export function photoStore(): PhotoStore {
  return {
    async keep(sitePath, name, bytes) {
      const folder = photoFolder(sitePath);
      try {
        await mkdir(folder, { recursive: true });
        await syncFolder(dirname(folder));
      } catch (error) {
        throw unwritable(folder, error);
      }
      const path = join(folder, name);
      // A name is the hash of what is in it: the same size is the same photo, or one to be written again.
      const there = await stat(path).catch(() => undefined);
      if (there?.size !== bytes.length) await atomicWrite(path, bytes);
    },
    async read(sitePath, name) {
      const path = join(photoFolder(sitePath), name);
      try {
        return await readFile(path);
      } catch (error) {
        if (errorCode(error) === "ENOENT") return undefined;
        throw unreadable(path, error);
      }
    },
  };
}

function photoFolder(sitePath: string): string {
  return join(dirname(sitePath), `${stemOf(sitePath)}.photos`);
}
