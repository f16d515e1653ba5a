import { mkdir, readFile } from "node:fs/promises";
import { dirname } from "node:path";
import { z } from "zod";
import { atomicWrite } from "./atomicWrite.ts";

const kept = 30;
const recentSchema = z.array(z.string());

export interface RecentSites {
  paths(): Promise<readonly string[]>;
  add(path: string): Promise<void>;
}

/** Paths of site files outside the site folder, latest first. A comfort: losing the list is no error. */
export function recentSites(path: string): RecentSites {
  async function paths(): Promise<readonly string[]> {
    try {
      return recentSchema.parse(JSON.parse(await readFile(path, "utf8")));
    } catch {
      return [];
    }
  }
  return {
    paths,
    async add(site) {
      const others = (await paths()).filter((other) => other !== site);
      try {
        await mkdir(dirname(path), { recursive: true });
        await atomicWrite(path, `${JSON.stringify([site, ...others].slice(0, kept), null, 2)}\n`);
      } catch {
        // The site itself was opened all the same.
      }
    },
  };
}
