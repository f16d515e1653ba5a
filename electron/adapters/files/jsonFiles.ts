import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { errorCode, unreadable } from "./fileFault.ts";

/** The `*.json` of a folder by name, without the schema beside them; none where the folder is not there. */
export async function jsonFilesIn(
  folder: string,
  schemaName: string,
): Promise<readonly { readonly name: string; readonly text: string }[]> {
  const names = (await namesIn(folder))
    .filter((name) => name.endsWith(".json") && name !== schemaName)
    .sort();
  return Promise.all(names.map(async (name) => ({ name, text: await textOf(join(folder, name)) })));
}

/** What a folder holds; nothing where it is not there. */
export async function namesIn(folder: string): Promise<readonly string[]> {
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
