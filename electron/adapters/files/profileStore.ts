import type { ProfileFile, ProfileStore } from "#capabilities/profileStore.ts";
import { jsonFilesIn } from "./jsonFiles.ts";

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
  const files = await jsonFilesIn(folder, "profile.schema.json");
  return files.map((file) => ({ ...file, shipped }));
}
