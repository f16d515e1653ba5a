import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import type { ProfileFile, ProfileStore } from "#capabilities/profileStore.ts";
import { errorCode, unreadable } from "./fileFault.ts";

const schemaName = "profile.schema.json";

/**
 * Device profiles: `*.json` of two folders, without the schema beside them.
 *
 * @param own a person's own; it need not be there
 */
export function profileStore(shipped: string, own: string): ProfileStore {
  return {
    list: async () => [...(await filesIn(shipped, true)), ...(await filesIn(own, false))],
  };
}

async function filesIn(folder: string, shipped: boolean): Promise<readonly ProfileFile[]> {
  const names = (await namesIn(folder))
    .filter((name) => name.endsWith(".json") && name !== schemaName)
    .sort();
  return Promise.all(names.map(async (name) => ({ name, text: await textOf(join(folder, name)), shipped })));
}

async function namesIn(folder: string): Promise<readonly string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    if (errorCode(error) === "ENOENT") return [];
    throw unreadable(folder, error);
  }
}

async function textOf(path: string): Promise<string> {
  try {
    return await readFile(path, "utf8");
  } catch (error) {
    throw unreadable(path, error);
  }
}
